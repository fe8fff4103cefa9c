app-name = Обновления Mobile SMARTS

## Единицы

unit-bytes = { $amount } Б
unit-kilobytes = { $amount } КБ
unit-megabytes = { $amount } МБ
unit-gigabytes = { $amount } ГБ

## Что не так с базой

damage-duplicate-id = две базы в списке имеют один код { $id }
damage-no-folder = в списке баз не указана её папка
damage-bad-folder = в списке баз указана не папка: { $folder }
damage-drive-missing = диска { $drive }: нет
damage-folder-missing = папки базы нет
damage-no-version = в AppDescription.xml не указана версия
damage-bad-version = в AppDescription.xml непонятная версия: { $why }

## Что не так с файлом

file-missing = нет файла { $file }
file-unreadable = { $file } не читается: { $detail }
file-too-large = { $file } больше { $limit }
file-encoding = { $file } записан не в кодировке { $encoding }
file-not-xml = { $file } повреждён в строке { $line }, знак { $column } ({ $detail })
file-wrong-root = { $file } начинается с <{ $found }> вместо <{ $expected }>
file-not-registry = { $file } не похож на выгрузку реестра: { $detail }

machine-platform-version = в реестре непонятная версия платформы: { $why }
machine-base-without-id = в списке баз у записи № { $position } нет кода
machine-no-settings = нет settings.xml; считаем базу локальной
machine-optional-version = { $name } непонятна и не учтена: { $why }
machine-devices = список ТСД не читается: { $detail }
machine-custom-update-path = адрес из CustomUpdatePath не используется, потому что его мог записать не администратор: { $address }

version-empty = пусто
version-too-long = слишком длинная
version-parts = нужно от двух до четырёх чисел через точку, а указано «{ $text }»
version-not-a-number = не число в «{ $text }»
version-too-large = слишком большое число в «{ $text }»

## Что не так с источником

source-not-found = в источнике нет такого списка версий
source-connection = нет связи с { $host } ({ $detail })
source-tls = не удалось убедиться, что { $host } — тот самый сервер ({ $detail })
source-timeout = { $host } не отвечает
source-status = { $host } ответил ошибкой { $status }
source-redirect = { $host } отправляет на адрес, по которому мы не идём: { $target }
source-too-large = ответ больше { $limit }
source-unopened = источник не открывается: { $detail }
source-folder = папка источника не читается: { $detail }

catalogue-version = { $element }: непонятная версия, { $why }
catalogue-duplicate = версия { $version } указана дважды
catalogue-other-version = описание версии { $found } лежит в папке версии { $expected }
catalogue-value = { $element }: непонятно «{ $text }»
catalogue-path = { $element } ведёт туда, где файлу не место: «{ $text }»
catalogue-address = файл лежит по адресу, которым мы не пользуемся: { $address }

unknown-unread = вышла { $version }, но её описание не читается
unknown-no-feed = в описании базы не указан продукт, поэтому неизвестно, где искать обновления

## Что мешает и о чём предупредить

not-managed-cloud = обновляется в личном кабинете
not-managed-remote = обновляется на компьютере, где работает её сервер
not-managed-switched-off = проверка отключена в common.config
block-no-file = файла версии { $version } в источнике нет
warning-needs-platform-offered = нужна платформа не ниже { $minimum }, установлена { $installed }; сначала обновите платформу до { $available }
warning-needs-platform = нужна платформа не ниже { $minimum }, установлена { $installed }
warning-needs-platform-none = нужна платформа не ниже { $minimum }, а на этом компьютере платформы нет
warning-devices-stop = { $count ->
    [one] { $count } ТСД не сможет подключиться, пока на нём не обновят приложение
    [few] { $count } ТСД не смогут подключиться, пока на них не обновят приложение
   *[other] { $count } ТСД не смогут подключиться, пока на них не обновят приложение
}
warning-unreachable = вышла { $version }, но поверх установленной версии она не ставится
