app-name = Обновления Mobile SMARTS

### Числа, даты, возраст

size-bytes = { $value } Б
size-kib = { $value } КБ
size-mib = { $value } МБ
size-gib = { $value } ГБ
size-of-total = { $done } из { $total }
speed = { $size }/с
duration-seconds = { $count } с
duration-minutes = { $count } мин
duration-hours = { $count } ч
time-left = осталось { $duration }
moment-today = сегодня в { $time }
moment-yesterday = вчера в { $time }
moment-date = { $date } в { $time }
moment-days-ago =
    { $date } в { $time } ({ $count ->
        [one] { $count } день назад
        [few] { $count } дня назад
       *[other] { $count } дней назад
    })

### Что не так с базой, файлом, источником

damage-duplicate-id = две базы с одним кодом { $id }
damage-bad-folder = в списке баз записана неверная папка: { $folder }
damage-drive-missing = нет диска { $drive }:
damage-folder-missing = папки базы нет на месте
damage-folder-unreadable = папка базы не открывается: { $detail }
damage-no-version = в AppDescription.xml нет версии
damage-bad-version = в AppDescription.xml неверная версия: { $error }
file-missing = нет файла { $file }
file-unreadable = { $file } не читается: { $detail }
file-too-large = { $file } больше { $limit }
file-encoding = { $file } записан не в кодировке { $encoding }
file-not-xml = { $file } испорчен в строке { $line }
file-wrong-root = { $file } — другой файл: <{ $found }> вместо <{ $expected }>
file-not-registry = { $file } — не выгрузка реестра: { $detail }
version-empty = пусто
version-too-long = слишком длинная запись
version-not-one = «{ $text }»
source-not-found = в источнике нет этого файла
source-connection = нет связи с { $host }
source-tls = подлинность { $host } не подтверждена
source-timeout = { $host } не отвечает
source-status = { $host } ответил ошибкой { $status }
source-redirect = { $host } перенаправляет на неразрешённый адрес { $target }
source-too-large = ответ больше { $limit }
source-folder = папка источника не читается: { $detail }
source-unsigned = на этом компьютере установлен корень доверия root.json, а источник не подписан: ничего из него не используется
source-untrusted = подпись источника не подтверждена: его файлы мог изменить посторонний, ничего из него не используется
source-older = здесь старее, чем уже видели на этом компьютере: версия { $found } вместо { $seen } ({ $role }). Ничего из этого не используется
source-expired = подпись источника действовала до { $since }, сегодня { $now }: есть ли что-то новее, отсюда не видно. Если дата компьютера неверна, исправьте её
source-expired-clock = подпись источника действовала до { $since }. Часы компьютера показывают { $clock }, но сейчас не раньше { $now }: есть ли что-то новее, отсюда не видно. Исправьте дату компьютера
source-missing = в источнике нет подписанного файла { $path }
source-not-signed = файл { $path } не подписан, поэтому не используется
source-signed-anew = файл { $path } подписан заново уже после проверки: проверьте обновления ещё раз
source-root = корень доверия root.json на этом компьютере непригоден
source-store = { $path } не читается или не записывается: { $detail }
source-clock-behind = часы компьютера показывают { $now }, а сейчас не раньше { $least }: исправьте дату
catalogue-version = { $element }: неверная версия — { $error }
catalogue-duplicate = версия { $version } указана дважды
catalogue-other-version = описание версии { $found } вместо { $expected }
catalogue-value = { $element }: непонятное значение «{ $text }»
catalogue-path = { $element }: недопустимый путь «{ $text }»
catalogue-address = файл лежит по неразрешённому адресу { $address }
unknown-incomplete-list = список версий прочитан не полностью, в нём может быть новая
unknown-unsafe-feed = в описании базы указана недопустимая папка обновлений: { $path }
unknown-no-feed = база не сообщает, какой это продукт
not-managed-cloud = обновляется в личном кабинете
not-managed-remote = обновляется на компьютере, где работает её сервер
not-managed-damaged = Обновить нельзя: { $reason }
not-managed-switched-off = проверка выключена в common.config
block-no-file = для версии { $version } не опубликован файл
warning-needs-platform = нужна платформа { $minimum } или новее
warning-needs-platform-available = нужна платформа { $minimum } или новее; вышла { $available }
warning-devices-stop =
    { $count ->
        [one] { $count } ТСД не сможет подключиться, пока на нём не обновят приложение
        [few] { $count } ТСД не смогут подключиться, пока на них не обновят приложение
       *[other] { $count } ТСД не смогут подключиться, пока на них не обновят приложение
    }
warning-devices-may-stop =
    { $count ->
        [one] { $count } ТСД предположительно не сможет подключиться, пока на нём не обновят приложение
        [few] { $count } ТСД предположительно не смогут подключиться, пока на них не обновят приложение
       *[other] { $count } ТСД предположительно не смогут подключиться, пока на них не обновят приложение
    }
warning-unreachable = вышла и { $version }, но поверх установленной версии она не ставится

### Шапка

tab-updates = Обновления
tab-updates-count =
    { $count ->
        [one] Обновления, { $count } новое
        [few] Обновления, { $count } новых
       *[other] Обновления, { $count } новых
    }
check-now = Проверить сейчас
check-running = Проверяем…
check-running-count = Проверяем… { $done } из { $total }
headline-never-checked = Обновления ещё не проверялись
headline-nothing-known = Узнать об обновлениях не удалось
headline-checking-first = Узнаём, что вышло
headline-platform = Вышла новая платформа
headline-bases =
    { $count ->
        [1] Вышло обновление для 1 базы
        [one] Вышли обновления для { $count } базы
        [few] Вышли обновления для { $count } баз
       *[other] Вышли обновления для { $count } баз
    }
headline-platform-and-bases =
    { $count ->
        [1] Вышла платформа и обновление для 1 базы
        [one] Вышла платформа и обновления для { $count } базы
        [few] Вышла платформа и обновления для { $count } баз
       *[other] Вышла платформа и обновления для { $count } баз
    }
headline-only-blocked = Обновления вышли, но установить их пока нельзя
headline-incomplete = Удалось проверить не всё
headline-up-to-date = Обновлений нет
headline-up-to-date-then = На { $date } обновлений не было
headline-nothing-managed = Обновлять здесь нечего
status-checked = проверено { $when }
status-unknown =
    { $count ->
        [one] проверить не удалось: { $count }
        [few] проверить не удалось: { $count }
       *[other] проверить не удалось: { $count }
    }
status-source = { $source }, { $trust }
check-failed = Проверить не удалось.
check-failed-known = { $reason }. Показано то, что было известно { $when }.
check-failed-nothing = { $reason }. Что вышло, неизвестно.
check-again = Повторить

### Платформа

platform-name = Платформа Mobile SMARTS
platform-missing = Платформа Mobile SMARTS на этом компьютере не найдена
platform-missing-hint = обновления баз проверяются и без неё
platform-up-to-date = обновлений нет
which-devices = Какие ТСД
devices-title = ТСД, на которых нужно обновить приложение
devices-hint = Пока приложение не обновлено, эти ТСД не смогут работать с новой платформой.
devices-hint-assumed = Файлы ТСД не всегда называют версию приложения. Тогда она взята из описания базы или принята равной версии платформы; на самих ТСД она может быть другой.

### Список баз

bases-title = Базы Mobile SMARTS
bases-here =
    { $count ->
        [one] { $count } на этом компьютере
        [few] { $count } на этом компьютере
       *[other] { $count } на этом компьютере
    }
bases-remote =
    { $count ->
        [one] { $count } на другом
        [few] { $count } на других
       *[other] { $count } на других
    }
bases-cloud =
    { $count ->
        [one] { $count } облачная
        [few] { $count } облачные
       *[other] { $count } облачных
    }
bases-found =
    { $count ->
        [one] нашлась { $count }
        [few] нашлось { $count }
       *[other] нашлось { $count }
    }
filter-name = Какие базы показать
filter-all = Все
filter-with-updates = С обновлениями
search-hint = Найти базу…
search-name = Найти базу
search-clear = Очистить поиск
list-name = Список баз
empty-no-bases = Баз Mobile SMARTS на этом компьютере нет
empty-no-bases-hint = Они появятся здесь, как только их создадут в менеджере баз.
empty-no-match = Ничего не нашлось
empty-no-match-hint = Ищем по названию базы, продукту и папке.
empty-no-updates = Баз с обновлениями нет
empty-no-known-updates = Известных обновлений нет
empty-no-updates-hint = Остальные базы — в списке «Все».
empty-loading = Читаем список баз…
show-all = Показать все

### Строка базы

product-exchange = { $product } · обмен через интернет
row-not-checked = обновления ещё не проверялись
row-up-to-date = обновлений нет
row-first-connection = первое подключение ТСД: { $time }
row-unknown = проверить не удалось: { $reason }
row-steps =
    { $count ->
        [2] в два шага: { $steps }
        [3] в три шага: { $steps }
        [4] в четыре шага: { $steps }
       *[other] шагов { $count }: { $steps }
    }
row-came-out = вышла { $version }
row-damaged-works = работает ли сама база, отсюда не видно
chip-no-subscription-data = Подписка: нет данных
chip-covered = По подписке
chip-cloud = Облако
chip-remote = Другой компьютер
chip-off = Выключено
group-title =
    { $count ->
        [one] { $product } — { $count } база
        [few] { $product } — { $count } базы
       *[other] { $product } — { $count } баз
    }
group-names = { $names } и ещё { $more }
group-one-download = одна загрузка
group-one-download-size = одна загрузка, { $size }
group-unfold = Показать базы: { $name }
group-fold = Свернуть базы: { $name }

### Кнопки строки; второе — имя для программ чтения с экрана

button-update = Обновить…
button-update-name = Обновить базу { $name }
button-update-platform-name = Обновить платформу
button-prepare = Подготовить…
button-prepare-name = Подготовить обновление платформы
button-update-group = Обновить базы…
button-update-group-name = Обновить базы: { $name }
button-install = Установить…
button-install-name = Установить обновление: { $name }
button-pause = Пауза
button-pause-name = Приостановить загрузку: { $name }
button-resume = Продолжить
button-resume-name = Продолжить загрузку: { $name }
button-cancel-name = Отменить загрузку: { $name }
button-stop = Остановить
button-stop-name = Остановить обновление: { $name }
button-retry = Повторить…
button-retry-name = Повторить обновление: { $name }
button-dismiss-name = Убрать сообщение: { $name }
link-notes = Что нового
link-notes-name = Что нового: { $name }
link-details = Подробнее
link-details-name = Подробнее: { $name }
link-left = Что сделать
link-left-name = Что сделать: { $name }
button-open-folder = Открыть папку
button-open-folder-name = Открыть папку базы { $name }
menu-name = Ещё: { $name }
menu-open-folder = Открыть папку базы
menu-history = История этой базы
menu-notes-page = Страница списка изменений
menu-support-page = Страница поддержки
menu-downloads = Открыть «Загрузки» на сайте

### Жизнь обновления

life-queued = ждёт загрузки
life-paused = загрузка на паузе, { $amount }
fetch-with-former = загружается и программа установки прежней платформы { $version }, для возврата
life-verifying = проверяем файл
life-waiting = ждёт, пока обновится «{ $pilot }»
life-preparing = готовим обновление
life-permission = Ждём разрешения Windows
life-permission-hint = окно с вопросом может быть под другими окнами
life-copying = копируется и проверяется база, { $amount }
life-copying-hint = ничего ещё не изменено
life-replacing = заменяются файлы, { $done } из { $total }
life-replacing-hint = не выключайте компьютер
life-installer = Открыта программа установки
life-installer-hint = ответьте на её вопросы; её окно может быть под другими окнами
life-restoring = возвращаем базу из копии
life-reading = сверяем версию
life-stopping-server = останавливаем сервер данных базы
life-starting-server = запускаем сервер данных базы и ждём его ответа
life-done = Обновлена до { $version } в { $time }
life-done-works = Обновлена до { $version } в { $time }, { $works }
works-answers = работает: сервер данных отвечает
works-started = сервер данных запущен
works-not-answering = но сервер данных не отвечает на порту { $port }
works-not-started = но сервер данных не запускается (служба «{ $service }»)
works-not-running = сервер данных был остановлен и до того
works-unreadable = но прочитать базу теперь не удаётся
next-look-at-server = Откройте менеджер баз и проверьте сервер данных; если он не заработает, верните прежнюю версию
next-start-server = Запустите службу «{ $service }» в оснастке «Службы»; если она не запустится, верните прежнюю версию
next-stop-server = Остановите службу «{ $service }» в оснастке «Службы» или попросите администратора этого компьютера, затем повторите
life-done-left = осталось: { $what }
life-done-nothing-left = версия прочитана из самой базы
life-done-platform = версия прочитана на этом компьютере
left-processing = загрузить новую обработку в 1С
left-devices =
    { $count ->
        [one] обновить приложение на { $count } ТСД
        [few] обновить приложение на { $count } ТСД
       *[other] обновить приложение на { $count } ТСД
    }
left-restart = перезагрузить компьютер
failed-works = Работать можно.
failed-broken = Работать пока нельзя.
failed-download = скачать не удалось: { $reason }

### Что нового

notes-title = Что нового: { $name }
notes-version = Версия { $version }
notes-version-date = Версия { $version } · { $date }
notes-empty = Описания нет
notes-copy = Скопировать
notes-open-question = Открыть эту страницу в браузере?
notes-open = Открыть
notes-stay = Не открывать
close = Закрыть

### Лист перед обновлением

sheet-title-base = Обновить базу «{ $name }»?
sheet-title-bases =
    { $count ->
        [one] Обновить { $count } базу?
        [few] Обновить { $count } базы?
       *[other] Обновить { $count } баз?
    }
sheet-title-platform = Обновить платформу Mobile SMARTS?
sheet-subtitle = { $product }: { $from } → { $to } · { $proof } · ничего ещё не изменено
sheet-subtitle-unlooked = { $product }: { $from } → { $to } · ничего ещё не изменено
sheet-version-none = нет
sheet-looking = Смотрим, что изменится…
sheet-stops = Мешает
sheet-attention = Обратите внимание
sheet-fine = В порядке
sheet-replaced =
    { $count ->
        [one] Будет заменён { $count } файл
        [few] Будет заменено { $count } файла
       *[other] Будет заменено { $count } файлов
    }
sheet-replaced-first =
    { $count ->
        [one] На первом шаге будет заменён { $count } файл
        [few] На первом шаге будет заменено { $count } файла
       *[other] На первом шаге будет заменено { $count } файлов
    }
sheet-replaced-unknown = Узнать, что будет заменено, не удалось
sheet-wizard-after = Сами базы мастер не меняет: когда он закроется, мы спросим, какие из них обновить.
life-done-restart = { $version } установлена, заработает после перезагрузки
problems-title = Что не удалось прочитать
problems-hint = Чего здесь не прочитано, то в списке не учтено.
status-problems = прочитано не всё: { $count }
link-problems = Подробнее
link-problems-name = Подробнее о том, что не удалось прочитать
sheet-replaced-nothing = Файлы не заменяются
sheet-folder-files =
    { $count ->
        [one] { $path } · { $count } файл
        [few] { $path } · { $count } файла
       *[other] { $path } · { $count } файлов
    }
sheet-removed = удаляется
sheet-changed = изменён вручную
sheet-changed-files =
    { $count ->
        [one] { $count } изменён вручную
       *[other] { $count } изменены вручную
    }
sheet-show-differences = Показать отличия
differences-title = Что изменено вручную
differences-subtitle = База «{ $name }». «−» есть сейчас и будет заменено, «+» придёт с обновлением. Нынешнее останется в копии базы.
differences-looking = Сравниваем…
differences-back = Назад
sheet-stays = Останутся: документы ТСД, настройки, лицензии
sheet-copy = Копия базы
sheet-copies = Копии баз
sheet-copy-text = { $size }, будет сделана и проверена до обновления в папке { $folder }. Если что-то пойдёт не так, база вернётся из неё сама.
sheet-copies-text = { $size }, будут сделаны и проверены до обновления в папке { $folder }. Если что-то пойдёт не так, база вернётся из своей копии сама.
sheet-older =
    { $count ->
        [one] После обновления удалить { $count } старую копию: копий больше, чем задано в настройках
        [few] После обновления удалить { $count } старые копии: копий больше, чем задано в настройках
       *[other] После обновления удалить { $count } старых копий: копий больше, чем задано в настройках
    }
sheet-bases = Какие базы обновить
sheet-pilot = первая — на ней проверяем
sheet-pilot-hint = Базы обновляются по очереди. Если с одной не получится, остальные не тронем.
sheet-installer = Что произойдёт
sheet-installer-text = Откроется программа установки { $file }. Она задаст свои вопросы и попросит разрешения; сама по себе она ничего не устанавливает.
sheet-installer-stop = Пока платформа обновляется, базы на этом компьютере не работают.
sheet-installer-after = Когда она закроется, мы прочитаем версию заново и покажем, что получилось.
sheet-consent = Понимаю: подлинность этого файла ничем не доказана. Установить всё равно
sheet-cancel = Отмена
sheet-confirm = Скопировать и обновить
sheet-platform-first = Сначала платформа
sheet-confirm-without = Продолжить без неё
sheet-confirm-installer = Открыть установку
sheet-remind-today = Напомнить в { $time }
sheet-remind = Напомнить { $when }
reminder-set = напомним { $when }
sheet-why-looking = Смотрим, что изменится…
sheet-why-unknown = Узнать, что изменится, не удалось; проверяем снова
sheet-why-nothing = Отметьте хотя бы одну базу
sheet-why-stop = Обновление станет доступно, когда мешать будет нечему
sheet-why-consent = Нужно согласие выше
sheet-why-busy = Дождитесь конца другого обновления

### Начатое и не законченное

waiting-title = Обновление начато { $when } ({ $user }) и не закончено
waiting-title-unknown = Обновление начато и не закончено
waiting-go-on = Продолжить…
waiting-go-on-bases =
    { $count ->
        [one] Продолжить: осталась { $count } база…
        [few] Продолжить: остались { $count } базы…
       *[other] Продолжить: осталось { $count } баз…
    }
waiting-abandon = Отказаться…
abandon-title = Отказаться от начатого обновления?
abandon-who = Согласие дано { $when } ({ $user })
abandon-left = Не будет обновлено:
abandon-part = { $name } — до { $version }
abandon-rest = Остальное из этого плана обновляться не будет
abandon-done = Что уже обновлено, останется обновлённым
abandon-confirm = Отказаться от остального
abandon-keep = Оставить
abandon-failed = Отказаться не получилось
abandon-not-permitted = администратор не дал разрешения, поэтому план остался как был
abandon-not-done = план остался как был ({ $reason })

### После мастера установки

wizard-title = Установлен новый шаблон: { $product } { $version }
wizard-text = Сами базы пока не изменились. Какие из них обновить?
wizard-confirm = Подготовить обновление…
wizard-later = Не сейчас

### Подробности неудачи и что осталось сделать

failure-title = Обновление не удалось: { $name }
failure-title-download = Загрузка не удалась: { $name }
failure-what = Что случилось
failure-kept = Что сохранилось
failure-next = Что сделать
failure-detail = Для службы поддержки
failure-copy = Скопировать
left-title = Осталось сделать: { $name }
left-processing-text = Загрузите в 1С обработку из папки обновлённой базы: прежняя с новой версией может не работать.
left-devices-text =
    { $count ->
        [one] Обновите приложение на { $count } ТСД: с прежней версией он может не подключиться к базе.
        [few] Обновите приложение на { $count } ТСД: с прежней версией они могут не подключиться к базе.
       *[other] Обновите приложение на { $count } ТСД: с прежней версией они могут не подключиться к базе.
    }
left-restart-text = Перезагрузите компьютер: до этого часть файлов остаётся прежней.

### Закрытие окна

leave-title = Закрыть окно?
leave-download = Идёт загрузка. То, что уже загружено, сохранится; в следующий раз нажмите «Продолжить».
leave-apply = Идёт обновление. Окно можно закрыть, когда оно закончится: прерывать его нельзя.
leave-stay = Остаться
leave-now = Закрыть
leave-when-done = Закрыть, когда закончится
leave-will-close = Окно закроется, когда обновление закончится

### Командная строка

source-unopened = источник не открывается
unknown-unread = вышла { $version }, но её описание не читается
machine-platform-version = в реестре неверная версия платформы: { $error }
machine-base-without-id = в списке баз у записи № { $position } нет кода
machine-no-settings = нет settings.xml; считаем базу локальной
machine-optional-version = { $name } не учтена: неверная версия { $error }
machine-devices = список ТСД не читается: { $detail }
machine-custom-update-path = адрес из CustomUpdatePath не используется: его мог записать не администратор ({ $address })
ask-yes-no = [да/нет]
cli-today-needs-machine-root = --today действует только вместе с --machine-root
cli-unknown-setting = В settings.toml непонятный ключ «{ $key }», он не учтён
cli-unknown-id = Нет базы с кодом «{ $id }». Коды показывает команда smarts list
cli-unknown-id-damaged = Код { $id } стоит у двух баз; исправьте список баз
cli-version = Это не версия: { $error }
cli-no-such-version = Для «{ $name }» нет версии { $version }, которую можно поставить поверх установленной
cli-nothing-new = { $name }: обновлений нет
cli-blocked = { $name }: { $reason }
cli-not-managed = { $name }: { $reason }
cli-unknown = { $name }: проверить не удалось, { $reason }
cli-check-failed = Проверить не удалось: { $reason }
cli-confirm-bases =
    { $count ->
        [one] Скопировать и обновить { $count } базу?
        [few] Скопировать и обновить { $count } базы?
       *[other] Скопировать и обновить { $count } баз?
    }
cli-confirm-installer = Открыть программу установки?
cli-confirm-unproved = Подлинность файла не доказана. Установить всё равно?
cli-cancelled = Установку отменили
cli-declined = Отменено, установка не начата
cli-working = Копируем и обновляем…
cli-done = { $name }: обновлена до { $version }
cli-done-works = { $name }: обновлена до { $version }, { $works }
cli-done-reboot = { $name }: { $version } заработает после перезагрузки
cli-not-started = { $name }: не начата
cli-early = До загрузки: { $name }
cli-bases = Базы, по порядку: { $names }
cli-wizard-found = Установлен новый шаблон: { $product } { $version }. Обновите им базы:
cli-wizard-nothing = Мастер закрылся, нового шаблона нет
cli-no-base-for-template = На этом компьютере нет базы, которую можно обновить этим шаблоном: { $product } { $version }
cli-install-not-for-base = Этим файлом базу «{ $name }» обновить нельзя: уберите из команды --base с ней
cli-install-many = Шаблон { $product } { $version } подходит нескольким базам; укажите нужные ключом --base
list-platform = Платформа Mobile SMARTS { $version }
bases-unread = Список баз Mobile SMARTS не читается
list-platform-unread = Какая здесь платформа Mobile SMARTS, узнать не удалось
list-no-platform = Платформа Mobile SMARTS не найдена
list-no-bases = Баз Mobile SMARTS нет
list-base = База Mobile SMARTS
list-product = Продукт
list-version = Версия
list-kind = Вид
list-id = Код
list-problems = Не удалось прочитать:
kind-local = локальная
kind-internet-exchange = обмен через интернет
kind-remote = на другом компьютере
kind-cloud = облачная
kind-damaged = повреждена
check-installed = Установлена
check-available = Вышла
check-released = Дата
check-nothing-installed = Mobile SMARTS на этом компьютере не найден
history-time = Когда
history-user = Кто
history-name = Что
history-from = Была
history-to = Стала
history-result = Итог
history-empty = Обновлений через эту программу ещё не было
history-skipped =
    { $count ->
        [one] В журнале не прочитана { $count } строка
        [few] В журнале не прочитаны { $count } строки
       *[other] В журнале не прочитано { $count } строк
    }
history-unreadable = журнал не читается: { $path } ({ $reason })
history-unwritten = запись об этом не попала в журнал { $path } ({ $reason })
history-begun = начато и не закончено
history-updated = обновлено
history-failed = не удалось
history-undone = не удалось, возвращено прежнее
history-superseded = оборвалось; базу с тех пор изменили без этой программы, она оставлена как есть
history-not-undone = не удалось, прежнее не возвращено
history-wizard = мастер отработал
history-reboot = ждёт перезагрузки
history-cancelled = остановлено человеком
history-written-off = устройство списано и не учитывается
history-app-staged = приложение для ТСД подготовлено
history-app-unstaged = подготовка приложения для ТСД отменена
history-counted-again = устройство снова учитывается
history-installed = установлено
history-removed = удалено
history-configured = восстановлено или перенастроено
history-patched = поставлено исправление
history-noted = записано другой версией программы
history-information = Сведения
history-warning = Предупреждение
history-error = Ошибка
history-level = Уровень
history-source = Источник
history-event = Код события
history-events = Связанные события
history-category = Категория
history-no-category = Отсутствует
history-computer = Компьютер
history-account = Учётная запись
history-holders = Чем были заняты файлы
history-detail = Подробности
history-none = По такому отбору ничего нет
history-damage = В журнале событий не прочитано: записей — { $records }, блоков — { $chunks }
history-cut = Показаны последние { $count }, есть и более старые
cli-history-computers = Здесь записи разных компьютеров: { $names }. Чья запись, видно в столбце «Компьютер»
history-no-log = журнал событий Windows недоступен, показано только то, что записала эта программа ({ $reason })
history-evtx-unreadable = журнал событий { $path } не читается ({ $reason })
history-evtx-other = это не выгруженный журнал событий: { $path }
history-evtx-large = журнал событий больше 4 ГБ, таких Windows не ведёт: { $path }
demo-install-question = Установить демонстрационную версию { $version }?
demo-install-title = Установка { $version }
demo-install-text = Это программа установки для демонстрации. Она изменит только учебный компьютер в папке { $folder }.
demo-install-yes = Установить
session-machine-root = Папка, заменяющая компьютер, не открывается: { $reason }
session-settings = Настройки не читаются: { $reason }
session-other = Запустить не удалось: { $reason }
notice-body = Само ничего не установится.
no-display = Нет экрана, на котором можно открыть окно. Всё то же можно сделать в командной строке: smarts list, smarts check, smarts update.
no-display-demo = Нет экрана, на котором можно открыть окно. То же без экрана: smarts --demo check

### Загрузка и проверка файла

check-not-kept = итог проверки не сохранился: { $reason }
source-empty = адрес источника пуст
source-scheme = источник — это адрес https или папка, а не { $scheme }://
source-plain-http = источник должен быть доступен по https: { $address }
source-address = адрес источника непонятен ({ $reason })
source-query = в адресе источника не должно быть вопросительного знака: { $address }
source-trusted-root = корень доверия { $path } не читается или его мог изменить не только администратор, поэтому источники не используются ({ $reason })
source-no-folder = папка источника { $path } не открывается ({ $reason })
kept-partial = То, что уже загружено, сохранено: загрузка продолжится с этого места
next-check-source = Проверьте адрес источника в settings.toml или в ключе --source
next-by-hand = Файл можно взять вручную: «Загрузки» на сайте
next-retry = Повторите позже; если не поможет, возьмите файл вручную: «Загрузки» на сайте
next-free-space = Освободите место на диске и продолжите
next-log-in = Похоже, сеть просит войти: откройте в браузере любой сайт, войдите и повторите
next-wait = Дождитесь конца той загрузки
download-name = файл нельзя сохранить под именем «{ $name }»
download-busy = этот файл уже загружается: { $path }
download-cancelled = загрузка остановлена
download-page = вместо файла { $name } пришла веб-страница
download-wrong-size = { $name } — не тот файл: { $found } байт вместо { $expected }
download-wrong-hash = { $name } — не тот файл: контрольная сумма другая
download-disk-full = на диске нет места: { $path }
download-file = { $path } не читается или не пишется ({ $reason })
verify-unknown-kind = { $name } — не шаблон и не программа установки
verify-changed = { $name } изменился после проверки
verify-signer-not-checkable = на этой системе нельзя проверить, кто подписал { $name }, а контрольной суммы источник не даёт
verify-unsigned = { $name } не подписан, а должен быть подписан издателем
verify-invalid-signature = подпись { $name } недействительна: { $detail }
verify-other-signer = { $name } подписан другой компанией: { $signer }
verify-needs-consent = ничто не доказывает подлинность { $name }

### Перед обновлением и после него

stop-of-base = «{ $name }»: { $what }
stop-not-here = база «{ $name }» здесь не обновляется, или её папки нет
stop-not-writable = в папку базы «{ $name }» нельзя писать ({ $reason })
stop-in-use = база «{ $name }» открыта
stop-not-copyable = в базе «{ $name }» есть ссылка, которую нельзя скопировать: { $path }
stop-nothing = обновлять нечего
hint-download-again = загрузите файл ещё раз
hint-template = возьмите другой файл: «Загрузки» на сайте
hint-rights = нужны права администратора
hint-close = закройте программы, которые работают с базой, — проверим сами
hint-close-all = лучше, чтобы с базой в это время никто не работал
hint-platform-first = сначала обновите платформу; можно продолжить и без неё
attention-platform = нужна платформа { $minimum } или новее, установлена { $installed }
attention-use = открыта ли база «{ $name }», узнать не удалось
pass-fits = обновление подходит базе «{ $name }»
pass-not-in-use = база «{ $name }» не открыта
pass-platform = платформа подходит
pass-way-back = для возврата: программа установки платформы { $version } сохранена на этом компьютере
pass-way-back-fetched = для возврата: программа установки платформы { $version } загружена ({ $size }), перед обновлением она будет сохранена на этом компьютере
stop-space = на диске с папкой { $folder } не хватит места: нужно { $needed }, свободно { $free }
hint-space = освободите место на этом диске; для копий можно указать в настройках папку на другом диске, тогда запустите программу заново
hint-little-space = лучше заранее освободить место на этом диске
hint-space-unknown = посмотрите сами, хватит ли там места
hint-not-here = обновите базу на том компьютере, где она лежит, или верните её папку на место
hint-not-copyable = уберите ссылку из папки базы: копия с ней была бы неполной
hint-unreadable = исправьте права на этот файл или папку, а непонятное имя поменяйте
hint-replacement = уберите из базы то, что мешает, или возьмите другой файл: «Загрузки» на сайте
hint-unproved = ставьте его, только если знаете, откуда он; другой можно взять в «Загрузках» на сайте
stop-files-held = заменяемые файлы базы «{ $name }» заняты программами: { $programs }
hint-installer = дождитесь её конца — проверим сами
hint-installer-other = лучше дождаться её конца
attention-server = сервер базы «{ $name }», похоже, работает: порт { $port } отвечает
hint-server = остановите базу в менеджере баз: пока сервер работает, файлы могут быть заняты
attention-no-way-back = программа установки платформы { $version }, которая стоит сейчас, здесь не сохранена: если придётся вернуть её, файл надо будет искать
attention-no-way-back-why = программа установки платформы { $version }, которая стоит сейчас, здесь не сохранена: { $reason }. Если придётся вернуть её, файл надо будет искать
way-back-not-offered = в источнике её нет
way-back-source = скачать её не удалось ({ $reason })
way-back-unusable = её описание в источнике не читается
way-back-no-room = для неё не хватает места (нужно { $needed }, свободно { $free })
way-back-not-proved = подлинность загруженного файла не подтвердилась
way-back-not-downloaded = скачать её не удалось
hint-no-way-back = скачайте её в «Загрузках» на сайте заранее; список баз и общие настройки копируются перед установкой
attention-server-stops = сервер данных базы «{ $name }» работает: на время обновления он будет остановлен (служба «{ $service }»)
hint-server-stops = ТСД в это время не смогут обмениваться с базой; потом сервер запустится сам
hint-server-shared = другие базы этого сервера тоже будут стоять; потом он запустится сам
attention-space = места хватит, но останется мало: { $left } на диске с папкой { $folder }
attention-space-unknown = сколько места на диске с папкой { $folder }, узнать не удалось
attention-working-time = сейчас не время для обновлений
hint-working-time = по настройкам оно начнётся { $begins }; можно обновить и сейчас
attention-administrator = вы не администратор этого компьютера
hint-administrator = Windows попросит войти администратора
attention-by-hand =
    { $count ->
        [one] { $count } файл изменён вручную и будет заменён; прежний останется в копии
        [few] { $count } файла изменены вручную и будут заменены; прежние останутся в копии
       *[other] { $count } файлов изменены вручную и будут заменены; прежние останутся в копии
    }
by-hand-since-update = { $path } (после прошлого обновления)
by-hand-since-template = { $path } (не как в шаблоне)
by-hand-since-copy = { $path } (после копии от { $date })
by-hand-others = ещё { $count }
by-hand-unknown = Менялось ли что-то из этого вручную, сказать нельзя: сравнить не с чем.
by-hand-same-since-copy = После копии от { $date } здесь ничего не менялось; было ли что-то изменено раньше, неизвестно.
by-hand-some-same-since-copy =
    { $count ->
        [one] { $count } файл из заменяемых после копии от { $date } не менялся; менялся ли он раньше, неизвестно.
        [few] { $count } файла из заменяемых после копии от { $date } не менялись; менялись ли они раньше, неизвестно.
       *[other] { $count } файлов из заменяемых после копии от { $date } не менялись; менялись ли они раньше, неизвестно.
    }
by-hand-of-base = База «{ $name }». { $what }
by-hand-untold =
    { $count ->
        [one] О { $count } файле из заменяемых нельзя сказать, менялся ли он вручную: сравнить не с чем.
       *[other] О { $count } файлах из заменяемых нельзя сказать, менялись ли они вручную: сравнить не с чем.
    }
standstill-moment = База будет недоступна меньше минуты
standstill-minutes =
    База будет недоступна около { $count ->
        [one] { $count } минуты
       *[other] { $count } минут
    }
standstill-hours =
    База будет недоступна около { $count ->
        [one] { $count } часа
       *[other] { $count } часов
    }
pass-by-hand = заменяемые файлы вручную не менялись
pass-steps =
    { $count ->
        [one] обновление пройдёт в { $count } шаг, файлы есть: { $way }
        [few] обновление пройдёт в { $count } шага, все файлы есть: { $way }
       *[other] обновление пройдёт в { $count } шагов, все файлы есть: { $way }
    }
pass-space = места на диске хватит: нужно { $needed }
pass-rights-asked = Windows спросит разрешения перед началом
pass-maintenance = сейчас время для обновлений
holder-session = { $program } ({ $user }, сеанс { $session })
holder-user = { $program } ({ $user })
plan-none = Продолжать нечего: незаконченных обновлений нет
plan-agreed = Продолжаем начатое: { $user }, { $moment }. Всё проверено заново.
plan-gone = Этого плана больше нет: его закончили или от него отказались
plan-restart = Сначала перезагрузите компьютер: обновление платформы закончится после этого
plan-abandoned = Остальное обновлять не будем; что уже обновлено, осталось обновлённым
plan-open = этот план мог записать кто угодно, поэтому мы ему не верим: { $path }
plan-unreadable = незаконченный план не читается ({ $reason })
plan-unfit-gone = базы «{ $name }» больше нет среди тех, что обновляются здесь
plan-unfit-moved = база «{ $name }» теперь лежит в другой папке
plan-unfit-version = база «{ $name }» была на версии { $expected }, а теперь на { $found }
plan-unfit-hint = Откажитесь от остального (smarts update --abandon) и обновите заново то, что нужно
cli-base-begun = Обновляем базу «{ $name }»…
cli-plan-sum = Итог: обновлено { $done }, не получилось { $failed }, осталось { $left }
cli-plan-left = Остальное ждёт. Продолжить: smarts update --continue, отказаться: smarts update --abandon
cli-plan-after-restart = Остальное ждёт перезагрузки. После неё продолжите: smarts update --continue
cli-confirm-all = Обновить всё это по порядку? Первая неудача остановит остальное
difference-legend = «-» есть сейчас, «+» придёт с обновлением
difference-sizes = { $path }: сейчас { $now }, придёт { $then }
difference-removed = { $path }: сейчас { $now }, будет удалён
difference-hidden = { $path }: содержимое не показываем, в нём может быть пароль
difference-unread = { $path }: сравнить не удалось ({ $reason })
template-file = шаблон не подходит: { $what }
template-too-large = шаблон в распакованном виде неправдоподобно велик
template-refused = шаблон опасен и не будет применён ({ $reason })
template-damaged = шаблон повреждён ({ $reason })
template-in-the-way = в базе на месте файла папка или наоборот: { $path }
misfit-product = это шаблон другого продукта
misfit-not-newer = установлена { $installed }, а в шаблоне { $offered }
misfit-other-version = по описанию это { $expected }, а в самом шаблоне { $found }
tree-name = имя не подходит для Windows: { $path }
kept-nothing-changed = В базе ничего не изменено
kept-put-back = База возвращена, какой была; её копия: { $folder }
kept-copy = Копия базы цела: { $folder }
next-restore = Верните базу из копии и напишите в поддержку
next-on-windows = Перенесите файл на компьютер с Windows и установите его там
next-foreign = Запустите программу установки на самом компьютере
next-wait-update = Дождитесь конца другого обновления
next-check-again = Проверьте обновления заново
next-space-and-rights = Проверьте место на диске и права, затем повторите
apply-busy = на этом компьютере уже идёт другое обновление
apply-not-here = базы больше нет в списке, или она обновляется не здесь
apply-base-changed = базу тем временем обновил кто-то другой
apply-files-held = заменяемые файлы базы заняты программами: { $programs }
apply-in-use = с базой кто-то работает: открыт { $file }
apply-platform-state = список баз и общие настройки не скопировались, программа установки не запущена ({ $reason })
apply-server-not-stopped = сервер данных базы не останавливается (служба «{ $service }»)
apply-change = не удалось заменить { $path } ({ $reason })
apply-cut-off = прошлое обновление этой базы оборвалось на полпути
apply-version-unchanged = установка закончилась, но версия не стала { $version }
apply-no-windows-installer = Пакет MSI устанавливается только в Windows
apply-foreign = в папке, заменяющей компьютер, чужие программы не запускаются
apply-not-started = программа установки не запустилась ({ $reason })
apply-installer-failed = программа установки сообщила об ошибке { $code }
apply-installer-ended = программу установки прервали
update-cancelled = остановлено
backup-link = в базе есть ссылка, которую нельзя скопировать: { $path }
backup-nested = папка для копий лежит внутри самой базы: { $folder }
backup-changing = пока базу копировали, в ней работали: { $path }
backup-failed = копия базы не получилась ({ $reason })
cli-stopped = Пока это не устранено, обновить нельзя
cli-unproved = Подлинность файла не доказана; ключ --yes на это согласия не даёт, нужен --accept-unproved
offer-gone = этого обновления больше нет; проверьте обновления заново
cli-unproved-window = нет согласия на файл, подлинность которого не доказана
internal-error = в программе произошла ошибка; она записана в журнал программы
machine-server-stopped = сервер данных базы остановлен для обновления, которое оборвалось; его запустит следующее обновление, сейчас можно запустить службу «{ $service }» в оснастке «Службы»
machine-unfinished = обновление до { $to } оборвалось на полпути; его закончит или отменит следующий запуск компьютера или следующее обновление; копия базы: { $folder }
machine-unfinished-back = возврат базы к { $to } оборвался на полпути; его закончит или отменит следующий запуск компьютера или следующее обновление, а если не выйдет, базу можно вернуть целиком; копия базы: { $folder }

### Задание планировщика, установка, диагностика

machine-task-foreign = задание SmartsUpdate запускает другую программу: { $program }; чтобы обновления проверяла эта, выполните от имени администратора «smarts schedule install»
machine-task-gone = задания SmartsUpdate больше нет, обновления сами не проверяются; вернуть его: «smarts schedule install» от имени администратора
machine-settings-not-used = настройки не действуют: этот файл может изменить не только администратор
task-ours = задание SmartsUpdate наше: проверка раз в { $interval }
task-ours-no-interval = задание SmartsUpdate наше, но само не повторяется
task-ours-off = задание SmartsUpdate наше, но выключено
task-foreign-unread = задание SmartsUpdate не наше, и понять его не удалось
task-none = задания SmartsUpdate нет: обновления сами не проверяются
task-none-wanted = задания SmartsUpdate нет: от него отказались
task-how-to-install = smarts schedule install
task-not-here = планировщика заданий здесь нет
task-rights = это может только администратор: запустите командную строку от имени администратора
task-scheduler = планировщик заданий не справился ({ $reason })
task-file = { $path } не читается или не пишется ({ $reason })
task-untrusted = прежнее задание не возвращено: { $path } мог изменить не только администратор
task-not-restored = прежнее задание не возвращено ({ $reason }); его описание лежит в { $path }
task-no-stub = нет файла { $path }
setup-failed = настроить компьютер не удалось: { $reason }
schedule-installed = Обновления будут проверяться раз в { $hours } ч
schedule-installed-kept = Обновления будут проверяться раз в { $hours } ч. Прежнее задание SmartsUpdate сохранено и вернётся, когда наше уберут
schedule-removed = Задание SmartsUpdate убрано, обновления сами не проверяются
schedule-restored = Наше задание убрано, прежнее задание SmartsUpdate возвращено
schedule-foreign-stays = Задание SmartsUpdate не наше и осталось как есть
schedule-started = Проверка запущена
diagnose-mark-ok = в порядке
diagnose-mark-attention = ВНИМАНИЕ
diagnose-mark-unknown = не удалось проверить
diagnose-program = программа { $version }
diagnose-signed = программа подписана
diagnose-signature-bad = подпись программы недействительна
diagnose-unsigned = программа не подписана
diagnose-signature-unknown = подпись программы здесь не проверить
diagnose-windows = { $name }, сборка { $build }
diagnose-windows-old = эта Windows слишком старая: нужна Windows 10 или Server 2016
diagnose-no-windows = это не Windows, или её версия не читается
diagnose-elevated = права администратора действуют сейчас
diagnose-administrator = вы администратор; перед обновлением Windows спросит разрешение
diagnose-standard = обычный пользователь: для обновления нужен пароль администратора
diagnose-rights-unknown = какие у человека права, узнать не удалось
diagnose-no-folder = общей папки программы нет; её создаёт установка
diagnose-folder = в общую папку программы пишут только администраторы
diagnose-folder-open = в общую папку программы могут писать не только администраторы
diagnose-folder-unknown = кто может писать в общую папку программы, здесь не узнать
diagnose-settings = настройки прочитаны
diagnose-no-settings = файла настроек нет, всё по умолчанию
diagnose-settings-unknown = в настройках есть непонятное: { $keys }
diagnose-policy =
    обновляют: { $who ->
        [all] все, с паролем администратора
       *[admins] администраторы
    }; о новом узнают: { $notify ->
        [all] все
        [none] никто
       *[admins] администраторы
    }
diagnose-bases = базы: на этом компьютере { $here }, на других { $remote }, облачных { $cloud }, повреждённых { $damaged }
diagnose-no-reboot = перезагрузка не нужна
diagnose-reboot = компьютер ждёт перезагрузки
diagnose-reboot-unknown = нужна ли перезагрузка, здесь не узнать
diagnose-no-window = окно здесь ещё не открывали
diagnose-window = окно рисует { $renderer }
diagnose-window-cut = запуск окна с { $renderer } оборвался; в следующий раз будет выбран другой способ
diagnose-downloads = папка загрузок на месте
diagnose-no-downloads = папка загрузок появится с первой загрузкой
diagnose-journal = записей в журнале: { $count }
diagnose-unfinished = обновлений и возвратов, оборванных на полпути: { $count }
diagnose-changes = незаконченных изменений баз нет
diagnose-changes-running = базу сейчас изменяют
diagnose-changes-open = незаконченных изменений баз: { $count }; их закончит или отменит следующий запуск компьютера или следующее обновление
diagnose-changes-unread = закончены ли изменения баз, узнать не удалось
diagnose-report-unread = итог последней проверки не читается
diagnose-last-check = последняя проверка { $when }
diagnose-event-log = журнал событий Windows читается
diagnose-no-event-log = журнал событий Windows недоступен
diagnose-event-source = источник в журнале событий есть
diagnose-event-source-unknown = есть ли источник в журнале событий, узнать не удалось
diagnose-no-event-source = источника в журнале событий нет; его создаёт установка
attention-revocation = подпись «{ $signer }» верна, но проверить, не отозвана ли она, не удалось
hint-revocation = Для этой проверки нужен Интернет; можно продолжить и без неё

### Сама эта программа

updater-name = Программа обновления Mobile SMARTS
updater-hint = это сама программа; базы и платформа не изменятся
status-updater = программа { $version }
headline-updater = Вышла новая версия этой программы
headline-platform-and-updater = Вышли новая платформа и новая версия этой программы
headline-bases-and-updater =
    { $count ->
        [1] Вышли обновление для 1 базы и новая версия этой программы
        [one] Вышли обновления для { $count } базы и новая версия этой программы
        [few] Вышли обновления для { $count } баз и новая версия этой программы
       *[other] Вышли обновления для { $count } баз и новая версия этой программы
    }
headline-platform-bases-and-updater =
    { $count ->
        [1] Вышли платформа, обновление для 1 базы и новая версия этой программы
        [one] Вышли платформа, обновления для { $count } базы и новая версия этой программы
        [few] Вышли платформа, обновления для { $count } баз и новая версия этой программы
       *[other] Вышли платформа, обновления для { $count } баз и новая версия этой программы
    }
not-managed-no-releases-here = в этом источнике нет выпусков этой программы
machine-updater-version = в реестре неверная версия этой программы: { $error }
machine-updater-unread = какая версия этой программы установлена, узнать не удалось: { $reason }
button-update-updater-name = Обновить эту программу
sheet-title-updater = Обновить эту программу?
sheet-updater-text = Windows установит { $file } на место этой программы и может попросить разрешения. Других вопросов не будет.
sheet-updater-keeps = Базы и платформа не меняются, работать в них можно.
sheet-updater-after = Потом мы прочитаем версию заново. Новая заработает, когда вы закроете это окно и откроете снова.
sheet-confirm-updater = Установить
life-updater = Windows устанавливает программу
cli-confirm-updater = Установить новую версию этой программы?
left-restart-program = перезапустить эту программу
left-restart-program-text = Перезапустите программу: закройте её окно и откройте снова. До этого работает прежняя версия.
list-updater = Программа обновления Mobile SMARTS { $version }

### Чем кончилась программа установки

attention-reboot = Windows ждёт перезагрузки, чтобы закончить прошлую установку
attention-reboot-hint = лучше сначала перезагрузить компьютер
stop-in-use-by = база «{ $name }» открыта, занята программами: { $programs }
apply-in-use-by = с базой кто-то работает: файл { $file } занят программами: { $programs }
apply-change-held = не удалось заменить { $path }: файл занят программами: { $programs }
exit-another-installation = Windows сейчас устанавливает другую программу (1618)
exit-fatal = во время установки произошла ошибка (1603)
exit-other-version = уже установлена другая версия, и этот пакет её не заменяет (1638)
exit-rights = для этой установки не хватило прав (1925)
exit-wrong-platform = этот пакет — для компьютера с другим процессором (1633)
exit-policy = установку запрещает политика этого компьютера (1625)
exit-package = Windows не смогла открыть пакет установки ({ $code })
exit-kept-not-begun = Установка не начиналась, ничего не изменено; загруженный файл сохранён
exit-kept-file = Загруженный файл сохранён; какая версия теперь установлена, прочитано заново
exit-next-wait = Дождитесь конца той установки и повторите
exit-next-rights = Повторите от имени администратора
exit-next-by-hand = Загрузите другой файл в разделе «Загрузки» на сайте
exit-next-policy = Попросите администратора домена разрешить эту установку
exit-next-download = Загрузите файл ещё раз и повторите
exit-next-log = Причина записана в журнале установки: { $path }. С ним поможет служба поддержки

### Права администратора

updated-by-administrator = Обновляет администратор
updated-by-contact = Обновляет администратор: { $contact }
life-not-permitted = Windows не получила разрешения, ничего не изменено
cli-not-elevated = Для этого нужны права администратора. Откройте консоль от имени администратора и повторите команду
elevated-plan = план обновления не принят
elevated-protect = не удалось скопировать { $path } туда, где его никто не изменит ({ $reason })
elevated-not-asked = не удалось попросить у Windows права администратора
elevated-next-administrator = Запустите программу от имени администратора и повторите
elevated-kept = Ничего не изменено
elevated-broke-off = обновление оборвалось: программа с правами администратора закрылась раньше времени
elevated-broke-off-half-way = обновление этой базы оборвалось на полпути
elevated-next-again = Обновите базу ещё раз: сначала она вернётся из копии
elevated-next-installer = Программа установки могла остаться открытой: закончите её и проверьте обновления заново

### Открытие окна

renderer-not-here =
    { $renderer ->
        [direct3d] Direct3D 12
        [opengl] OpenGL
       *[other] { $renderer }
    } здесь недоступен; выбран другой способ.
no-renderer = Окно открыть не удалось: ни Direct3D 12, ни OpenGL на этом компьютере не работают. Всё то же можно сделать в командной строке: smarts list, smarts check, smarts update.
no-renderer-demo = Окно открыть не удалось: ни Direct3D 12, ни OpenGL на этом компьютере не работают. То же без окна: smarts --demo check

### Загрузка ждёт следующей попытки

next-try = следующая попытка в { $time }: { $reason }
next-try-later = следующая попытка { $date } в { $time }: { $reason }
next-try-asked = сервер просит подождать до { $time }: { $reason }
next-not-before = Сервер просит повторить не раньше: { $time }
life-next-try = загружено { $amount }, { $why }
download-no-room = на диске с папкой { $dir } нужно ещё { $needed }, свободно { $free }; уже загружено { $kept }
download-packed = файл { $name } пришёл сжатым ({ $encoding }), хотя об этом не просили

### Журнал приложений Windows

event-what = { $result }: { $name }
event-versions = Версии: { $from } → { $to }
event-who = Кто: { $user }, компьютер { $computer }
event-file = Файл: { $file }; { $proof }; SHA-256 { $sha256 }
event-copy = Копия базы: { $folder }
event-detail = Подробности: { $detail }
diagnose-log = журнал программы ведётся

### Диагностика в окне

menu-more = Ещё
menu-keys = Клавиши…
menu-diagnosis = Диагностика

### Доверие к источнику и подлинность файла

proof-signed = подписано издателем
proof-publisher = подпись Windows
proof-publisher-named = подпись Windows: { $signer }
proof-hash = контрольная сумма сайта
proof-hash-folder = контрольная сумма из папки
proof-short-signed = подписано
proof-short-hash = контр. сумма
proof-short-none = не подтверждено
proof-hash-source = контрольная сумма источника
proof-none-https = только https
proof-none = ничем не подтверждено
attention-unproved = подлинность файла не доказана
pass-proved = файл проверен: { $proof }
trust-signed-until = подписан издателем, подпись действует до { $until }
trust-expired = подпись истекла { $since }
trust-to-be-signed = ожидается подпись издателя
trust-https = соединение защищено
trust-loopback = на этом компьютере
trust-folder = папка, не подписана
trust-signed-meaning = Каждый файл сверяется с подписью издателя. Ни сайт, ни сеть, ни тот, кто пишет в папку, подменить его не могут.
trust-expired-meaning = Файлы сверяются с подписью издателя, как всегда. Но подпись пора обновить: вышло ли с тех пор что-то новее, отсюда не видно.
trust-https-meaning = Соединение с сайтом защищено. Подписи издателя у источника нет: если взломают сам сайт, отсюда этого не увидеть.
trust-loopback-meaning = Источник работает на этом же компьютере. Подписи издателя у него нет.
trust-folder-meaning = Подписи издателя у папки нет: её файлы мог изменить каждый, кто может в неё писать.
source-line = Источник: { $source }, { $trust }
distrust-unsigned = источник не подписан
distrust-untrusted = подпись источника не подтверждена
distrust-older = здесь старее, чем уже видели
distrust-expired = подпись источника истекла { $since }
distrust-root = корень доверия непригоден
source-expired-note = более новых версий отсюда не видно
source-title = Откуда берутся обновления
source-none-yet = Источник ещё не проверялся.
source-once = Эта папка — только на этот раз. Настройки не изменились.
menu-from-folder = Обновить из папки…
menu-from-file = Обновить из файла…
menu-source = Об источнике
folder-choose-title = Папка с обновлениями Mobile SMARTS
folder-banner = Источник: папка { $folder } (только на этот раз)
folder-back = Вернуться к обычному источнику
folder-busy = сначала дождитесь конца загрузки или обновления
source-busy-title = Сменить источник пока нельзя
source-busy-text = Идёт загрузка или обновление. Дождитесь конца или поставьте загрузку на паузу и повторите.
expired-title = Подпись этой папки истекла
expired-text = Она действовала до { $since }, а сегодня { $now }. Что вышло позже, отсюда не видно.
expired-safe = Файлы всё равно сверяются с подписью издателя, и ничего старее того, что здесь уже видели, принято не будет.
expired-clock = Если дата на этом компьютере неверна, исправьте её и проверьте снова.
expired-accept = Использовать то, что есть
expired-ask = Использовать то, что есть…
check-refused = Источник не принят.
check-failure-name = Подробнее о том, почему проверить не удалось
check-failure-title = Проверить не удалось
check-failure-kept = Ничего не загружено и не изменено.
life-ready = файл проверен: { $proof }
life-ready-unproved = файл загружен: { $proof }
life-refused = Файл не принят: { $reason }
life-refused-safe = он не запускался, ничего не изменено
failure-title-refused = Файл не принят: { $name }
kept-refused = Этот файл не запускался и не применялся: базы и платформа остались как были
next-refused = Не запускайте этот файл вручную. Загрузите его ещё раз; если повторится, сообщите издателю
next-unsigned = Узнайте у издателя адрес подписанного источника. Убрать root.json может только администратор, и тогда подписи не проверяются
next-untrusted = Не берите файлы из этого источника и сообщите издателю
next-older = Повторите позже: возможно, источник ещё не обновили. Если так и останется, сообщите издателю
next-older-folder = Возьмите более свежую копию
next-not-signed = Сообщите издателю: этот файл лежит в источнике, но им не подписан
next-expired = Проверьте дату на этом компьютере. Если она верна, сообщите издателю, что подпись пора обновить
next-expired-folder = Проверьте дату на этом компьютере, возьмите папку новее или используйте то, что есть
next-missing = Повторите позже: возможно, источник сейчас обновляют
next-root = Попросите администратора установить root.json заново
cli-expired = Чтобы использовать то, что есть, добавьте ключ --accept-expired
cli-confirm-expired = Использовать то, что есть?
cli-detail = Подробности: { $detail }
diagnose-trust-none = корня доверия нет: подпись источника не требуется
diagnose-trust = корень доверия установлен, версия { $version }: используется только подписанное
diagnose-trust-open = корень доверия может изменить не только администратор, поэтому источники не используются
diagnose-trust-unread = корень доверия установлен, но непригоден: источники не используются
diagnose-trust-writers = изменить его может только администратор
diagnose-trust-writers-unknown = кто может его изменить, здесь не узнать
diagnose-trust-named = назван ключом --trusted-root
diagnose-trust-kept = действует версия { $version }
diagnose-trust-until = корень действует до { $until }
diagnose-trust-expired = корень истёк { $since }
diagnose-trust-floor = сейчас не раньше { $moment }
diagnose-clock-behind = часы компьютера отстают
### Связь: прокси и сертификаты

source-by-proxy = { $what } (через прокси { $proxy })
what-and-next = { $what }. { $next }
tls-expired = сертификат узла { $host } просрочен
tls-not-yet = сертификат узла { $host } ещё не действует
tls-wrong-host = { $host } предъявил сертификат другого узла
tls-unknown-issuer = сертификат узла { $host } выдан тем, кому этот компьютер не доверяет
tls-revoked = сертификат узла { $host } отозван
proxy-login-missing = прокси { $proxy } требует имя и пароль
proxy-login-refused = прокси { $proxy } не принял имя и пароль; чтобы не заблокировать учётную запись, программа не будет отправлять их снова
proxy-login-refused-before = прокси { $proxy } уже отверг эти имя и пароль, и сейчас они не отправлялись, чтобы не заблокировать учётную запись
proxy-login-unanswered = прокси { $proxy } только что не ответил вовремя, когда получил имя и пароль; сейчас они не отправлялись, чтобы не заблокировать учётную запись
proxy-unusable = прокси { $proxy } не подходит: программа работает только с прокси http и https
proxy-refusal = прокси { $proxy } отказался соединить с { $host }
ca-file-not-here = файл сертификатов { $path } (настройка ca_file) не найден: нужен полный путь на этом компьютере
ca-file-open = файл сертификатов { $path } (настройка ca_file) не используется: изменить его могут не только администраторы
ca-file-unreadable = файл сертификатов { $path } (настройка ca_file) не читается: { $reason }
ca-file-empty = в файле { $path } (настройка ca_file) нет ни одного сертификата в виде PEM
ca-file-broken = сертификат в файле { $path } (настройка ca_file) испорчен: { $reason }
next-proxy = Проверьте, работает ли прокси и верна ли настройка proxy в settings.toml
next-proxy-login = Укажите имя в настройке proxy_user и задайте пароль: smarts proxy set-password. Где пароль не хранится, smarts check спросит его в терминале
next-proxy-password = Задайте пароль: smarts proxy set-password. Если пароль верный, разрешите отправить его ещё раз: smarts proxy retry
next-proxy-address = Исправьте имя и пароль там, где задан прокси: в переменной среды HTTPS_PROXY. Если они верны, разрешите отправить их ещё раз: smarts proxy retry
next-proxy-unanswered = Проверьте, работает ли прокси, и повторите через минуту
next-proxy-unusable = Укажите прокси http в настройке proxy или исправьте переменную среды HTTPS_PROXY
next-proxy-refusal = Попросите тех, кто ведёт прокси, открыть этот адрес
next-clock = Проверьте дату и время на этом компьютере. Если они верны, сообщите тем, кто ведёт этот узел
next-wrong-host = Проверьте адрес источника. В гостевой сети сначала войдите в неё через браузер
next-ca-file = Если в компании проверяют защищённые соединения, укажите её сертификат в настройке ca_file
next-tls = Сообщите тем, кто ведёт этот узел или сеть. Соединение без проверки не используется
next-mend-ca-file = Исправьте файл или настройку ca_file: без неё ничего не запрашивается
proxy-ask-password = Пароль пользователя { $user } для прокси { $proxy } (не показывается):
proxy-password-kept = Пароль пользователя { $user } для прокси { $proxy } сохранён для всех на этом компьютере.
proxy-forgotten = Сохранённый пароль прокси забыт.
proxy-retried = Отказы прокси забыты: имя и пароль будут отправлены ещё раз. Сохранённый пароль остался.
proxy-nothing-to-set = Сначала укажите в settings.toml прокси и имя: proxy = "http://proxy:3128", proxy_user = 'ДОМЕН\имя'.
proxy-rights = Задать или забыть пароль прокси может только администратор: запустите командную строку от имени администратора.
proxy-no-store = На этой системе пароли не хранятся: smarts check, download и update спросят его в терминале.
proxy-secret-failed = сохранённый пароль прокси недоступен: { $reason }
proxy-script = в Windows задан сценарий выбора прокси { $script }; программа его не выполняет: укажите прокси в настройке proxy
proxy-no-user = имя для прокси не указано (настройка proxy_user)
proxy-no-password = пароль пользователя { $user } для этого прокси не сохранён; задать: smarts proxy set-password
proxy-has-password = пароль пользователя { $user } для этого прокси сохранён
proxy-other-password = сохранённый пароль — для другого прокси или имени ({ $proxy }) и не отправляется
diagnose-proxy = прокси { $proxy } ({ $setting ->
        [system] из настроек системы
        [environment] из переменных среды
       *[manual] из настройки proxy
    })
diagnose-no-proxy = прокси на пути к источнику нет ({ $setting ->
        [system] настройки системы и переменные среды
        [environment] переменные среды
        [none] выключен настройкой proxy
       *[manual] источник на этом компьютере или в папке
    })
diagnose-ca-file = сертификаты компании: { $path }
diagnose-no-ca-file = сертификаты — только системные
proxy-dialog-open = Ввести пароль…
proxy-dialog-title = Прокси просит пароль
proxy-dialog-text = Прокси { $proxy }, пользователь { $user }. Пароль не сохраняется: он нужен, пока программа открыта. Чтобы не вводить его снова, администратор может выполнить smarts proxy set-password.
proxy-dialog-field = Пароль прокси
proxy-dialog-use = Проверить снова

## checks
reports-pc = Компьютер
reports-platform = Платформа
reports-bases = Баз
reports-open = Можно установить
reports-checked = Проверено
reports-trouble = Неполадки
reports-none = В этой папке нет отчётов.
reports-left-out = { $count ->
        [one] Ещё { $count } файл не прочитан: файлов в папке слишком много, или они слишком велики.
        [few] Ещё { $count } файла не прочитаны: файлов в папке слишком много, или они слишком велики.
       *[other] Ещё { $count } файлов не прочитаны: файлов в папке слишком много, или они слишком велики.
    }
reports-nothing-open = ничего
reports-more-open = ещё { $count }
reports-failing = проверка не удаётся: { $reason } (впервые { $since })
reports-never = удачных проверок ещё не было
reports-incomplete = проверено не всё
reports-unread = Папка отчётов { $path } недоступна: { $reason }
report-torn = отчёт обрывается: он записан не до конца
report-newer = отчёт оставила более новая версия программы: обновите программу здесь
report-too-large = файл больше { $limit } и не прочитан
report-foreign = это не отчёт
report-unreadable = файл не прочитан: { $reason }
## schedule
schedule-set = Настройки записаны
schedule-not-set = Настройки не изменены ({ $reason })
schedule-set-not-ours = Задание SmartsUpdate не наше, и настройки его не меняют; завести наше: «smarts schedule install»
schedule-next = Следующая проверка { $when }
schedule-installed-hours = Обновления будут проверяться раз в { $hours } ч, только { $only }
schedule-installed-hours-kept = Обновления будут проверяться раз в { $hours } ч, только { $only }. Прежнее задание SmartsUpdate сохранено и вернётся, когда наше уберут
task-ours-hours = задание SmartsUpdate наше: проверка раз в { $interval }, только { $hours }
weekday-mon = пн
weekday-tue = вт
weekday-wed = ср
weekday-thu = чт
weekday-fri = пт
weekday-sat = сб
weekday-sun = вс
## notice

notice-release =
    { $occasion ->
        [new-important] { $name }: вышла важная версия { $version }
        [important] { $name }: версия { $version } теперь отмечена как важная
        [again-important] { $name }: важная версия { $version } ещё не установлена
        [downloaded] { $name }: { $version } загружена, но ещё не установлена
        [again] { $name }: { $version } ещё не установлена
       *[new] { $name }: вышла { $version }
    }
notice-release-for-bases =
    { $count ->
        [one] { $release } — для { $count } базы Mobile SMARTS
        [few] { $release } — для { $count } баз Mobile SMARTS
       *[other] { $release } — для { $count } баз Mobile SMARTS
    }
notice-release-blocked = { $release }, но без подписки её не установить
notice-product-unknown = Продукт без названия
notice-again = Обновления Mobile SMARTS ещё не установлены
notice-more =
    { $count ->
        [one] И ещё { $count } выпуск
        [few] И ещё { $count } выпуска
       *[other] И ещё { $count } выпусков
    }
notice-failing =
    { $count ->
        [one] Обновления Mobile SMARTS не удаётся проверить уже { $count } день
        [few] Обновления Mobile SMARTS не удаётся проверить уже { $count } дня
       *[other] Обновления Mobile SMARTS не удаётся проверить уже { $count } дней
    }
notice-failing-body = Новые версии могли выйти, а отсюда их не видно. Откройте окно и проверьте ещё раз: там будет причина.
notice-age =
    { $count ->
        [one] Сведениям об обновлениях Mobile SMARTS уже { $count } день
        [few] Сведениям об обновлениях Mobile SMARTS уже { $count } дня
       *[other] Сведениям об обновлениях Mobile SMARTS уже { $count } дней
    }
notice-age-body = Компьютер работает без сети. Принесите папку с обновлениями: в окне есть «Обновить из папки…».
notice-ends =
    { $count ->
        [one] Подписка на обновления заканчивается через { $count } день
        [few] Подписка на обновления заканчивается через { $count } дня
       *[other] Подписка на обновления заканчивается через { $count } дней
    }
notice-ends-today = Подписка на обновления заканчивается сегодня
notice-ended = Подписка на обновления закончилась
notice-ending-line = { $who }: по { $until }
notice-ends-body = Всё, что вышло до этого дня, можно будет поставить и потом.
notice-checked = Проверено { $when }
notice-known = Известно на { $when }
notice-check-failed = Проверить обновления не удалось
notice-tooltip-again =
    { $count ->
        [one] Mobile SMARTS: { $count } обновление ждёт установки
        [few] Mobile SMARTS: { $count } обновления ждут установки
       *[other] Mobile SMARTS: { $count } обновлений ждут установки
    }
notice-menu-open = Открыть
notice-menu-check = Проверить сейчас
notice-menu-later = Напомнить завтра
notice-menu-skip =
    { $count ->
        [1] Пропустить эту версию
        [one] Пропустить эти версии
        [few] Пропустить эти версии
       *[other] Пропустить эти версии
    }
notice-menu-leave = Выход
notice-at-needs-today = --at работает только вместе с --today
notice-not-offered = { $id }: версии { $version } здесь не предлагают
notice-not-kept = Запомнить это не удалось: { $reason }

## window: расписание, пропущенные версии, отчёты, работа без сети

duration-days =
    { $count ->
        [one] { $count } день
        [few] { $count } дня
       *[other] { $count } дней
    }
moment-tomorrow = завтра в { $time }
menu-skip = Пропустить эту версию
menu-offer-again = Снова предлагать эту версию
chip-skipped = Версия пропущена
skip-not-kept-title = Ответ о версии сохранён не полностью
skip-not-kept = Пропуск версии остался таким, каким был: записать ответ не удалось ({ $reason }). Повторите позже.
skip-not-told = Эта программа ответ запомнила, а программе обновления в самой платформе передать его не удалось ({ $reason }): там о версии может быть сказано иначе.
headline-only-skipped = Новых обновлений нет
status-skipped =
    { $count ->
        [one] пропущено: { $count }
        [few] пропущено: { $count }
       *[other] пропущено: { $count }
    }
headline-offline-nothing = Сведений об обновлениях ещё нет
status-offline = без сети, сведения собраны { $when }
status-offline-hint = Компьютер работает без сети: откройте папку с обновлениями через «Обновить из папки…»
status-offline-failed = источник сейчас недоступен
menu-schedule = Проверка по расписанию…
schedule-next-check = Следующая проверка — { $when }
schedule-asks = При сохранении Windows спросит разрешение.
schedule-never = Не проверять автоматически
schedule-never-hint = О новых версиях никто не узнает: не будет ни сообщений, ни значка. Проверить вручную в этом окне можно и дальше.
schedule-never-former = Эта программа не будет ни проверять, ни сообщать о новых версиях. Вернётся прежнее задание SmartsUpdate. Проверить вручную в этом окне можно и дальше.
schedule-never-foreign = Эта программа сама не проверяет, а задание SmartsUpdate другой программы работает и дальше. Снимите отметку, чтобы заменить его; оно сохранится.
schedule-every = Каждые
schedule-every-interval = каждые { $interval }
schedule-hours-name = Часов между проверками
schedule-hours-unit = ч
schedule-hours-wrong = Целое число часов: от 1 до 168, это 7 дней.
schedule-from = с
schedule-until = до
schedule-no-day = Выберите хотя бы один день.
schedule-wrong-from = Начало — время суток, например 09:00.
schedule-wrong-until = Конец — время суток, например 18:00.
schedule-save = Сохранить
schedule-save-asked = Сохранить…
schedule-saving = Сохраняем…
schedule-not-saved = настройки не изменены: { $reason }
schedule-not-permitted = Windows не получила разрешения, настройки не изменены.
schedule-refused = Настройки не изменены: часть программы с правами администратора отказалась. Причина — в журнале: { $log }
schedule-broke-off = Сохранить не удалось или удалось не всё (код { $code }): в разделах — то, что действует сейчас. Причина — в журнале: { $log }
menu-reports = Открыть папку отчётов…
reports-choose-title = Папка с отчётами компьютеров
reports-title = Компьютеры по отчётам
reports-reading = Читаем отчёты…
reports-read-again = Прочитать снова
reports-other = Другая папка…
reports-search = Найти компьютер…
reports-search-name = Найти компьютер
reports-count =
    { $count ->
        [one] { $count } компьютер
        [few] { $count } компьютера
       *[other] { $count } компьютеров
    }
reports-found =
    { $count ->
        [one] нашёлся { $count }
        [few] нашлось { $count }
       *[other] нашлось { $count }
    }
reports-ascending = { $column }, по возрастанию
reports-descending = { $column }, по убыванию
reports-broken = Файл { $file }.
reports-not-checked = не проверялся
reports-open-platform = платформа
reports-open-bases =
    { $count ->
        [one] { $count } база
        [few] { $count } базы
       *[other] { $count } баз
    }
reports-open-updater = эта программа
reports-open-blocked =
    { $count ->
        [one] ещё { $count } пока нельзя
        [few] ещё { $count } пока нельзя
       *[other] ещё { $count } пока нельзя
    }

# Подписки
cli-subscription-broken = прежний список подписок не прочитался ({ $reason }), его заменил новый; прежний остался в { $path }
block-subscription-ended = { $count ->
    [1] подписка { $names } закончилась { $until }, версия вышла { $released }: после обновления лицензии перейдут в демо-режим
    [one] у { $count } устройства ({ $names }) подписка закончилась, у первого { $until }, версия вышла { $released }: после обновления лицензии перейдут в демо-режим
    [few] у { $count } устройств ({ $names }) подписка закончилась, у первого { $until }, версия вышла { $released }: после обновления лицензии перейдут в демо-режим
   *[other] у { $count } устройств ({ $names }) подписка закончилась, у первого { $until }, версия вышла { $released }: после обновления лицензии перейдут в демо-режим
}
warning-subscription-unknown = { $count ->
    [1] подписка { $names }: нет данных; посмотрите дату в менеджере лицензий
    [one] подписка { $count } устройства ({ $names }): нет данных; посмотрите даты в менеджере лицензий
    [few] подписка { $count } устройств ({ $names }): нет данных; посмотрите даты в менеджере лицензий
   *[other] подписка { $count } устройств ({ $names }): нет данных; посмотрите даты в менеджере лицензий
}
warning-release-undated = дата выхода версии неизвестна, поэтому нельзя сказать, входит ли она в подписку
warning-devices-incomplete = не все устройства базы известны, поэтому нельзя сказать, входит ли версия в их подписку
warning-list-unread = список подписок использовать нельзя, поэтому неизвестно, входит ли в них версия
hint-list-unread = Почему нельзя, сказано в разделе «Что не удалось прочитать»
row-list-unread = Список подписок использовать нельзя
row-devices-incomplete = Не все устройства базы известны
warning-no-devices-known = подписка: нет данных, учитываемых устройств нет: они не подключались или списаны
warning-exchange-ends = { $count ->
    [1] обмен через Интернет требует действующей подписки: у { $names } она по { $until }
    [one] обмен через Интернет требует действующей подписки: у { $count } устройства ({ $names }) она не дольше чем по { $until }
    [few] обмен через Интернет требует действующей подписки: у { $count } устройств ({ $names }) она не дольше чем по { $until }
   *[other] обмен через Интернет требует действующей подписки: у { $count } устройств ({ $names }) она не дольше чем по { $until }
}
names-and-more = { $names } и ещё { $count }
machine-subscriptions = список подписок: { $detail }
machine-subscription-lines = { $count ->
    [one] в списке подписок не прочитана { $count } строка, номер { $line }
    [few] в списке подписок не прочитаны { $count } строки, первая под номером { $line }
   *[other] в списке подписок не прочитано { $count } строк, первая под номером { $line }
}
machine-licences = лицензии прочитаны не все: { $detail }
machine-licence-files = { $count ->
    [one] не читается { $count } файл лицензии: { $file }
    [few] не читаются { $count } файла лицензий, первый — { $file }
   *[other] не читаются { $count } файлов лицензий, первый — { $file }
}
machine-licence-end = дата окончания лицензии не читается: «{ $text }»
hint-not-covered = Продлите подписку и укажите новую дату на вкладке «Подписки» или поставьте версию по подписке, если она есть
hint-coverage-unknown = Укажите дату на вкладке «Подписки»: тогда видно, входит ли версия в подписку
pass-covered = Версия входит в подписку всех устройств
headline-only-uncovered = Вышли обновления, которые не входят в подписку: { $what }
headline-only-unjudged = Вышли обновления, но о подписке нет данных: { $what }
status-uncovered =
    { $count ->
        [one] не входит в подписку: { $count }
        [few] не входят в подписку: { $count }
       *[other] не входят в подписку: { $count }
    }
status-unjudged =
    { $count ->
        [one] ждёт даты подписки: { $count }
        [few] ждут даты подписки: { $count }
       *[other] ждут даты подписки: { $count }
    }
chip-undated = Дата выхода неизвестна
chip-covered-soon = Подписка по { $until }
chip-covered-ended = По подписке (по { $until })
chip-subscription-ended = Подписка закончилась { $until }
chip-no-data-of =
    { $count ->
        [one] Нет данных о подписке: { $count } из { $all }
        [few] Нет данных о подписке: { $count } из { $all }
       *[other] Нет данных о подписке: { $count } из { $all }
    }
row-no-subscription-data = подписка: нет данных
row-covered = по подписке — { $version }
row-covered-known = по известным подпискам — { $version }
row-covered-no-data = нет данных: { $names }
row-subscription-ended =
    { $count ->
        [1] Подписка закончилась { $until } у { $names }
        [one] Подписка закончилась с { $until } у { $count } устройства
        [few] Подписка закончилась с { $until } у { $count } устройств
       *[other] Подписка закончилась с { $until } у { $count } устройств
    }
row-subscription-stops = Подписка: нет данных, обновление ждёт даты
row-release-undated = Дата выхода неизвестна: входит ли версия в подписку, не сказать
row-exchange-ends =
    { $count ->
        [1] Обмен через Интернет требует подписки: у { $names } — по { $until }
        [one] Обмен через Интернет требует подписки: у { $count } устройства — по { $until }
        [few] Обмен через Интернет требует подписки: у { $count } устройств — по { $until }
       *[other] Обмен через Интернет требует подписки: у { $count } устройств — по { $until }
    }
link-why = Почему?
link-why-name = Почему? { $name }
button-update-to = Обновить до { $version }…
button-update-to-name = Обновить до { $version }: { $name }
button-enter-date = Указать дату…
button-enter-date-name = Указать дату: { $name }
button-renewed = Подписка продлена — указать дату…
uncovered-title = Версия { $version } не входит в подписку
uncovered-title-unknown = Входит ли версия { $version } в подписку, неизвестно
uncovered-came-out = { $name }: { $version } вышла { $date }
uncovered-came-out-undated = { $name }: вышла { $version }, дата выхода не указана
uncovered-who =
    { $count ->
        [1] Подписка закончилась раньше
        [one] Подписка закончилась раньше у { $count } устройства
        [few] Подписка закончилась раньше у { $count } устройств
       *[other] Подписка закончилась раньше у { $count } устройств
    }
uncovered-holder = { $device } — подписка по { $until }
uncovered-unseen =
    { $days ->
        [one] не подключался { $days } день — ещё используется? Если нет, отметьте на вкладке «Подписки»: «Списан, не учитывать»
        [few] не подключался { $days } дня — ещё используется? Если нет, отметьте на вкладке «Подписки»: «Списан, не учитывать»
       *[other] не подключался { $days } дней — ещё используется? Если нет, отметьте на вкладке «Подписки»: «Списан, не учитывать»
    }
uncovered-unseen-long = давно не подключался — ещё используется? Если нет, отметьте на вкладке «Подписки»: «Списан, не учитывать»
uncovered-no-data =
    { $count ->
        [1] Нет даты подписки
        [one] Нет даты подписки у { $count } устройства
        [few] Нет даты подписки у { $count } устройств
       *[other] Нет даты подписки у { $count } устройств
    }
uncovered-no-data-hint = Дата видна в менеджере лицензий и в личном кабинете. Пока её нет, обновление остановлено: так выбрано в настройках
uncovered-list-unread-hint = Пока списка нет, обновление остановлено: по нему подписка могла закончиться. Импортируйте список заново или исправьте этот файл
uncovered-undated-hint = Источник не указал, когда вышла версия, поэтому сравнить её с подпиской нельзя. Без этого обновление остановлено: так выбрано в настройках
uncovered-effect = Что будет, если обновить
uncovered-effect-text = Лицензии перейдут в демо-режим: не больше трёх товаров в документе. Поэтому обновление остановлено; установленной версии это не касается
uncovered-can = Что можно сделать
uncovered-renew = Продлите подписку и укажите новую дату: обновление откроется сразу
uncovered-covered =
    { $whose ->
        [known] Или поставьте { $version }: она входит в подписку устройств, о которых есть данные
       *[all] Или поставьте { $version }: она входит в подписку
    }
uncovered-covered-date =
    { $whose ->
        [known] Или поставьте { $version } от { $date }: она входит в подписку устройств, о которых есть данные
       *[all] Или поставьте { $version } от { $date }: она входит в подписку
    }
uncovered-covered-installed = Установленная { $version } — последняя версия по вашей подписке
uncovered-covered-older = Последняя версия по вашей подписке: { $version }, установлена более новая { $installed }
uncovered-covered-other = Последняя версия по вашей подписке: { $version }, но поставить её сейчас нельзя
uncovered-notes = Что нового в { $version }
uncovered-downloads = Открыть страницу загрузок
fetch-not-allowed = сайт { $host } не отдаёт файл (код { $status }): возможно, закончилась подписка на обновления
next-subscription = Проверьте, по какое число действует подписка; если она продлена, повторите загрузку или возьмите файл в личном кабинете

## список подписок: что в нём не так, изменения
subscription-field-device = устройство
subscription-field-product = продукт
subscription-field-until = дата окончания
subscription-field-licence = лицензия
subscription-field-note = примечание
subscription-fault-encoding = буквы испорчены: строка не в той кодировке, что остальной файл
subscription-fault-long-line = строка длиннее { $limit }
subscription-fault-quote = кавычка открыта и не закрыта
subscription-fault-cells = ячеек { $found }, а столбцов { $expected }: разделитель попал внутрь ячейки
subscription-fault-above-headings = строка стоит над заголовками и пропущена
subscription-fault-no-device = не указано устройство
subscription-fault-no-date = не указана дата
subscription-fault-not-a-date = «{ $text }» не дата, нужна такая: 31.12.2026 или 2026-12-31
subscription-fault-no-such-day = такого дня в календаре нет: { $text }
subscription-fault-year = подписка не может закончиться в этом году: { $text }
subscription-fault-too-long = слишком длинный текст ({ $field }): можно не больше { $limit } знаков
subscription-fault-control = недопустимые знаки ({ $field })
subscription-fault-duplicate = повтор: то же устройство в строке { $line }, учтена она
subscription-list-unread = не читается: { $path } ({ $reason })
subscription-list-unwritten = не записывается, остался прежним: { $path } ({ $reason })
subscription-list-others = не используется, потому что менять его могут не только администраторы: { $path }
subscription-list-large = слишком большой, больше { $limit }
subscription-list-lines = слишком длинный, больше { $limit } строк
subscription-list-columns = слишком широкий, больше { $limit } столбцов
subscription-list-journal = не видно, какие устройства списаны: { $reason }
subscription-list-not-text = это не текст; сохраните таблицу как CSV
subscription-list-encoding = кодировка не UTF-8 и не windows-1251; сохраните таблицу как «CSV UTF-8»
subscription-list-empty = в нём ничего нет
subscription-list-headings = заголовки в строке { $line } не читаются: { $reason }
subscription-list-no-columns = непонятно, в каких столбцах: { $fields }
subscription-edit-busy = сейчас на этом компьютере идёт обновление или меняют подписки; повторите, когда закончится
subscription-edit-list = список подписок не изменён: { $reason }
subscription-edit-record = { $device }: { $reason }
subscription-edit-not-there = такой записи в списке нет: { $device }
subscription-edit-exists = для устройства { $device } с этим продуктом уже есть запись
subscription-edit-nothing = менять нечего
subscription-edit-other = изменение не принято, файл с ним не тот: { $path }
subscription-clock = похоже, часы компьютера отстают: они показывают { $today }, а сейчас не раньше { $least }. Исправьте дату: по часам видно, действует ли подписка

## smarts subscription
cli-subscription-unread = Список подписок: { $reason }
cli-subscription-none = О подписках ничего не известно: устройства к базам не подключались, список пуст
cli-subscription-none-known = О подписках ничего не известно: { $gap }, список подписок пуст
cli-subscription-device = Устройство
cli-subscription-bases = Базы
cli-subscription-until = Действует
cli-subscription-state = Состояние
cli-subscription-seen = На связи
cli-subscription-licence = Лицензия
cli-subscription-note = Примечание
cli-subscription-all-products = все продукты
cli-subscription-active = действует
cli-subscription-last-day = заканчивается сегодня
cli-subscription-ends-soon = заканчивается, ещё { $days }
cli-subscription-ended = закончилась { $days } назад
cli-subscription-no-data = нет данных
cli-subscription-longer = учтена другая запись этого устройства, { $until }
cli-subscription-written-off = списано { $day }
cli-subscription-other-product = баз этого продукта здесь нет
cli-subscription-not-here = нет на этом компьютере
cli-subscription-place-unknown = неизвестно
cli-subscription-unseen = { $day }, давно
cli-subscription-sum-ended = { $count ->
    [one] Подписка закончилась у { $count } устройства с { $since }
    [few] Подписка закончилась у { $count } устройств с { $since }
   *[other] Подписка закончилась у { $count } устройств с { $since }
}
cli-subscription-sum-soon = { $count ->
    [one] Подписка скоро закончится у { $count } устройства: { $first }
    [few] Подписка скоро закончится у { $count } устройств, у первого { $first }
   *[other] Подписка скоро закончится у { $count } устройств, у первого { $first }
}
cli-subscription-sum-soon-too = { $count ->
    [one] Скоро закончится ещё у { $count } устройства
    [few] Скоро закончится ещё у { $count } устройств
   *[other] Скоро закончится ещё у { $count } устройств
}
cli-subscription-sum-no-data = { $count ->
    [one] Нет данных о подписке { $count } устройства
    [few] Нет данных о подписке { $count } устройств
   *[other] Нет данных о подписке { $count } устройств
}
cli-subscription-sum-not-here = { $count ->
    [one] В списке есть { $count } устройство, которого на этом компьютере нет
    [few] В списке есть { $count } устройства, которых на этом компьютере нет
   *[other] В списке есть { $count } устройств, которых на этом компьютере нет
}
cli-subscription-sum-unseen = { $count ->
    [1] Давно не на связи: { $names }. Если этим устройством больше не пользуются, спишите его: smarts subscription write-off
    [one] Давно не на связи: { $names }. Если этими устройствами больше не пользуются, спишите их: smarts subscription write-off
    [few] Давно не на связи: { $names }. Если этими устройствами больше не пользуются, спишите их: smarts subscription write-off
   *[other] Давно не на связи: { $names }. Если этими устройствами больше не пользуются, спишите их: smarts subscription write-off
}
cli-subscription-faults = { $count ->
    [one] Не учтена { $count } строка списка:
    [few] Не учтены { $count } строки списка:
   *[other] Не учтено { $count } строк списка:
}
cli-subscription-fault = строка { $line }: { $text } — { $reason }
cli-subscription-exported = Записей: { $count }, файл { $path }
cli-subscription-import-unread = { $path }: { $reason }
cli-subscription-import-nothing = Импортировать нечего: в файле нет ни одной годной записи. Список подписок остался прежним
cli-subscription-import-sum = Добавлено { $added }, изменено { $changed }, убрано { $removed }, без изменений { $unchanged }; записей других устройств осталось { $kept }
cli-subscription-columns-beyond = Столбцов в файле всего { $count }:
cli-subscription-columns-say = Укажите номера столбцов, например --columns device=2,until=3
cli-subscription-record = { $device }, { $product }: { $until }
cli-subscription-from-to = { $record } (было { $from })
cli-subscription-added = Добавлено: { $record }
cli-subscription-changed = Изменено: { $record }
cli-subscription-removed = Убрано: { $record }
cli-subscription-earlier = { $count ->
    [1] новая дата раньше прежней: { $names }
    [one] новая дата раньше прежней у { $count } устройства: { $names }
    [few] новая дата раньше прежней у { $count } устройств: { $names }
   *[other] новая дата раньше прежней у { $count } устройств: { $names }
}
cli-subscription-strangers = { $count ->
    [1] на этом компьютере нет такого устройства: { $names }. Если это не опечатка, оно с другого компьютера или ещё не подключалось
    [one] на этом компьютере нет { $count } устройства: { $names }. Если это не опечатка, они с другого компьютера или ещё не подключались
    [few] на этом компьютере нет { $count } устройств: { $names }. Если это не опечатка, они с другого компьютера или ещё не подключались
   *[other] на этом компьютере нет { $count } устройств: { $names }. Если это не опечатка, они с другого компьютера или ещё не подключались
}
cli-subscription-which = У устройства записей: { $count }. Укажите продукт ключом --product:
cli-subscription-is-written-off = { $device }: списано, больше не учитывается
cli-subscription-already-written-off = { $device }: списано ещё { $day }
cli-subscription-counts-again = { $device }: снова учитывается
cli-subscription-counts-anyway = { $device }: и так учитывается
cli-subscription-unknown-device = Устройства «{ $device }» нет ни в базах, ни в списке подписок. Какие есть, показывает команда smarts subscription list
cli-subscription-former = строки прежнего списка, которые не прочитались ({ $count }), остались в { $path }
cli-covered = По подписке можно поставить { $version }: smarts update { $id } --version { $version }
cli-renewed = Если подписка продлена, укажите дату: smarts subscription set { $whose } --until ДАТА
cli-date-known = Если дата окончания известна, укажите её: smarts subscription set { $whose } --until ДАТА
cli-covered-known = По подписке устройств, о которых есть данные ({ $others }), можно поставить { $version }: smarts update { $id } --version { $version }
cli-covered-not-above = По подписке доступна { $version }: установлена она же или более новая
cli-licences = Лицензии
cli-licence-base = База
cli-licence-all-bases = все базы
cli-licence-company = Компания
cli-licence-clients = Устройства
cli-licence-term = Срок

## лицензии: что открыто в их файлах
licence = Лицензия: { $what }
licence-clients = { $count ->
    [one] до { $count } устройства
   *[other] до { $count } устройств
}
licence-device = устройство { $device }
licence-until = временная по { $date }
licence-ended = временная, закончилась { $date }
licence-term-unread = срок не читается

## вкладка «Подписки»
tab-subscriptions = Подписки
tab-subscriptions-count =
    { $count ->
        [one] Подписки: { $count } устройство требует внимания
        [few] Подписки: { $count } устройства требуют внимания
       *[other] Подписки: { $count } устройств требуют внимания
    }
tabs-name = Разделы
subs-reading = Читаем, что известно о подписках…
subs-ended =
    { $count ->
        [one] Подписка закончилась у { $count } устройства с { $date }
        [few] Подписка закончилась у { $count } устройств с { $date }
       *[other] Подписка закончилась у { $count } устройств с { $date }
    }
subs-soon =
    { $count ->
        [one] Подписка скоро закончится у { $count } устройства
        [few] Подписка скоро закончится у { $count } устройств
       *[other] Подписка скоро закончится у { $count } устройств
    }
subs-no-data =
    { $count ->
        [one] Нет данных о подписке { $count } устройства
        [few] Нет данных о подписке { $count } устройств
       *[other] Нет данных о подписке { $count } устройств
    }
subs-active = Подписка действует у всех устройств
subs-none-here = Устройства из списка к этому ПК не подключались
subs-nothing-known = О подписках пока ничего не известно
subs-gap-devices = известны не все устройства
subs-gap-bases = список баз не прочитан
subs-fact-devices =
    { $count ->
        [one] на этом ПК { $count } устройство
        [few] на этом ПК { $count } устройства
       *[other] на этом ПК { $count } устройств
    }
subs-fact-first = первой закончится { $date }
subs-fact-soon = скоро закончится у { $count }
subs-fact-no-data =
    { $count ->
        [one] нет данных о { $count } устройстве
       *[other] нет данных о { $count } устройствах
    }
subs-fact-written-off =
    { $count ->
        [one] списано { $count }
        [few] списано { $count }
       *[other] списано { $count }
    }
subs-fact-not-here = в списке ещё { $count } не с этого ПК
subs-fact-unread =
    { $count ->
        [one] { $count } строка списка не прочитана
        [few] { $count } строки списка не прочитаны
       *[other] { $count } строк списка не прочитано
    }
subs-locked = Изменять подписки может только администратор компьютера.
subs-asks = При сохранении Windows спросит разрешение.
subs-import = Импорт…
subs-add = Добавить…
subs-more = Ещё о подписках
subs-export = Экспорт…
subs-copy = Скопировать список для счёта
subs-open-manager = Открыть папку платформы
subs-by-name = Что показать
subs-by-device = По устройствам
subs-by-base = По базам
subs-filter-name = Какие подписки показать
subs-filter-all = Все
subs-filter-ended = Закончились
subs-filter-soon = Скоро закончатся
subs-filter-no-data = Нет данных
subs-search = Найти устройство…
subs-search-name = Найти устройство, базу или лицензию
subs-list-devices = Подписки по устройствам
subs-list-bases = Подписки по базам
subs-until-day = по { $date }
subs-until = действует по { $date }
subs-forever = действует бессрочно
subs-without-end = бессрочно
subs-ends-in =
    { $days ->
        [0] сегодня последний день
        [1] завтра последний день
        [one] закончится через { $days } день
        [few] закончится через { $days } дня
       *[other] закончится через { $days } дней
    }
subs-ends-on = { $days }, { $date }
subs-ended-on = закончилась { $date }
subs-unknown = нет данных
subs-written-off = списано { $date }, не учитывается
subs-longer = учитывается другая запись, по { $date }
subs-not-here = на этом ПК не подключалось
subs-place-unknown = подключалось ли к этому ПК, неизвестно
subs-other-product = на этом ПК нет такого продукта
subs-seen = подключалось { $date }
subs-unseen =
    { $days ->
        [one] Не подключалось { $days } день. Ещё используется?
        [few] Не подключалось { $days } дня. Ещё используется?
       *[other] Не подключалось { $days } дней. Ещё используется?
    }
subs-this-pc = этот компьютер
subs-all-products = все продукты
subs-licence = лицензия { $licence }
subs-enter = Указать дату…
subs-enter-name = Указать дату: { $what }
subs-change = Изменить…
subs-change-name = Изменить: { $what }
subs-remove = Удалить запись…
subs-write-off = Списан, не учитывать…
subs-write-off-name = Списан, не учитывать: { $what }
subs-count-again = Снова учитывать…
subs-count-again-name = Снова учитывать: { $what }
subs-what = { $device }, { $product }
subs-menu-name = Ещё: { $what }
subs-unfold-licences = Показать устройства и лицензии: { $name }
subs-fold-licences = Скрыть устройства и лицензии: { $name }
subs-unfold = Показать устройства: { $name }
subs-fold = Скрыть устройства: { $name }
subs-group-ended =
    { $total ->
        [one] закончилась у { $count } из { $total } устройства
       *[other] закончилась у { $count } из { $total } устройств
    }
subs-group-soon =
    { $total ->
        [one] скоро закончится у { $count } из { $total } устройства
       *[other] скоро закончится у { $count } из { $total } устройств
    }
subs-group-no-data =
    { $total ->
        [one] нет данных о { $count } из { $total } устройства
       *[other] нет данных о { $count } из { $total } устройств
    }
subs-group-active = действует у всех по { $date }
subs-all-written-off = все устройства списаны
subs-group-none = устройства не подключались
subs-group-devices =
    { $count ->
        [one] { $count } устройство
        [few] { $count } устройства
       *[other] { $count } устройств
    }
subs-group-first = первая закончилась { $date }
subs-group-platform = касается всех баз этого ПК
subs-release-ended = вышла { $version }, в подписку не входит
subs-release-covered = вышла { $version }, входит в подписку
subs-release-unknown = вышла { $version }; входит ли в подписку, неизвестно
subs-release-none = новых версий нет
subs-empty-title = Подписки пока не указаны
subs-empty-what = Подписка на обновления есть у каждого ТСД и рабочего места. Версию, которая вышла позже её окончания, ставить нельзя: лицензии перейдут в демо-режим. Укажите даты, и программа скажет, какие версии можно ставить.
subs-empty-where = Даты видны в менеджере лицензий и в личном кабинете Клеверенс. Список из кабинета сохраните как CSV и импортируйте или перетащите файл сюда; даты можно ввести и вручную.
subs-empty-manager = Менеджер лицензий лежит в папке платформы.
subs-unread-title = Список подписок не читается
subs-unread-where = Файл: { $path }
subs-unread-what = Пока это так, ни одна дата из него не учитывается, и обновления остановлены.
subs-unread-import = Исправьте файл и проверьте обновления или импортируйте список заново: прежний файл сохранится как { $path }.
subs-unread-mend = Исправить это может администратор компьютера. Пока список не читается, заменить его импортом нельзя.
subs-no-match = Ничего не нашлось
subs-no-match-hint = Измените поиск или покажите все подписки
subs-no-groups = Баз, которым нужна подписка, на этом ПК нет
at-hand-drop = Отпустите файл: покажем, что это и что им можно обновить
at-hand-choose-title = Шаблон или программа установки Mobile SMARTS
at-hand-file-kind = Шаблоны и программы установки
at-hand-title = Файл { $file }
at-hand-looking = Проверяем файл…
at-hand-template = шаблон для баз
at-hand-platform = программа установки платформы
at-hand-updater = программа установки этой программы
at-hand-wizard = мастер установки продукта
at-hand-foreign-kind = программа установки
at-hand-company = { $company }, по словам самого файла
at-hand-unread = файл не читается ({ $reason })
at-hand-no-installer = это не пакет Windows Installer и не программа Windows
at-hand-foreign = Это не платформа, не мастер продукта и не эта программа
at-hand-by-hand = Если вы уверены в этом файле, откройте его сами
at-hand-no-version = Версия в файле не указана
at-hand-not-here = Того, что обновляет этот файл, на этом компьютере нет
at-hand-other-net = Это сборка для другого .NET: установлена { $installed }
at-hand-not-newer = Уже установлена { $installed }, в файле не новее
at-hand-not-back = Вернуть прежнюю версию этим файлом нельзя
at-hand-not-checkable = Кто подписал этот файл, здесь проверить нельзя, поэтому он не запускается
at-hand-nobody-expected = Файл подписан: { $signer }, но чья подпись нужна, в настройках не сказано
at-hand-name-publisher = Администратор может назвать издателя в settings.toml: publisher = "…"
at-hand-unproved = подпись издателя не подтверждена
at-hand-released = вышла { $date }
at-hand-proof = Подлинность: { $proof }
at-hand-product-unknown = продукт не указан
at-hand-version-unknown = версия не указана
at-hand-bases = Какие базы обновить
at-hand-unfit = Этим файлом не обновить
at-hand-none-fits = Ни одну базу этого компьютера этим файлом обновить нельзя
at-hand-no-base = На этом компьютере нет базы продукта «{ $product }»
at-hand-here = Здесь: { $products }
at-hand-no-bases = Баз Mobile SMARTS на этом компьютере не найдено
subs-drop = Отпустите файл: покажем, что изменится в подписках
subs-told-imported = Список подписок импортирован.
subs-told-saved =
    { $count ->
        [1] Дата подписки сохранена.
        [one] Даты { $count } подписки сохранены.
        [few] Даты { $count } подписок сохранены.
       *[other] Даты { $count } подписок сохранены.
    }
subs-told-removed = Запись удалена: { $device }.
subs-told-written-off = Больше не учитывается: { $device }.
subs-told-counted-again = Снова учитывается: { $device }.
subs-told-copied =
    { $count ->
        [one] Список для счёта скопирован: { $count } строка. Вставьте его в письмо.
        [few] Список для счёта скопирован: { $count } строки. Вставьте его в письмо.
       *[other] Список для счёта скопирован: { $count } строк. Вставьте его в письмо.
    }
subs-told-exported =
    { $count ->
        [one] Записан файл { $path }: { $count } запись.
        [few] Записан файл { $path }: { $count } записи.
       *[other] Записан файл { $path }: { $count } записей.
    }
subs-told-left-out =
    { $count ->
        [one] В файл не попала { $count } строка списка, которая не читается.
        [few] В файл не попали { $count } строки списка, которые не читаются.
       *[other] В файл не попали { $count } строк списка, которые не читаются.
    }
subs-told-former = Прежний список остался в { $path }.
subs-told-former-lines =
    { $count ->
        [one] { $count } строка прежнего списка, которая не читалась, осталась в { $path }.
        [few] { $count } строки прежнего списка, которые не читались, остались в { $path }.
       *[other] { $count } строк прежнего списка, которые не читались, остались в { $path }.
    }
subs-show-file = Показать в папке
subs-not-saved = подписки не изменены: { $reason }
subs-not-permitted = Windows не получила разрешения, подписки не изменены.
subs-not-asked = Не удалось попросить у Windows права администратора, подписки не изменены. Запустите программу от имени администратора и повторите.
subs-refused = Подписки не изменены (код { $code }). Возможно, сейчас идёт обновление или список меняет кто-то ещё; подробности в журнале программы.
subs-not-exported = Файл { $reason }
subs-invoice-title = Подписки на обновления Mobile SMARTS
subs-invoice-pc = Компьютер: { $pc }
subs-invoice-day = На { $date }
subs-invoice-device = Устройство
subs-invoice-licence = Лицензия
subs-invoice-product = Продукт
subs-invoice-until = Подписка по
subs-invoice-state = Состояние
subscriptions-file-kind = Таблица CSV
subscriptions-file-name = подписки.csv
subscriptions-import-title = Список подписок
subscriptions-export-title = Куда сохранить список подписок
subs-import-heading = Импорт подписок
subs-import-reading = Читаем список…
subs-import-comparing = Сравниваем с тем, что есть…
subs-import-unread = Файл не подходит: { $reason }.
subs-import-columns = Какой столбец что значит
subs-import-columns-hint = Столбцы «устройство» и «дата окончания» нужны обязательно. Ниже первые строки файла.
subs-import-columns-show = Показать столбцы
subs-import-columns-hide = Скрыть столбцы
subs-import-no-column = нет
subs-import-column = столбец { $number }
subs-import-field-device = Устройство
subs-import-field-product = Продукт
subs-import-field-until = Дата окончания
subs-import-field-licence = Лицензия
subs-import-field-note = Примечание
subs-import-kept =
    { $count ->
        [0] Других записей в списке нет.
        [one] Ещё { $count } запись о других устройствах останется как есть.
        [few] Ещё { $count } записи о других устройствах останутся как есть.
       *[other] Ещё { $count } записей о других устройствах останутся как есть.
    }
subs-import-replaces = Прежний список не читается ({ $reason }). Он сохранится как { $path }, а то, что в нём было, больше не будет учитываться.
subs-import-consent = Заменить прежний список этим
subs-import-consent-missing = Подтвердите, что прежний список можно заменить
subs-import-list-unread = Заменить прежний список нельзя: { $reason }
subs-import-strangers =
    { $count ->
        [one] { $count } устройство из файла на этом ПК не подключалось: оно с другого ПК, ещё не подключалось или имя с опечаткой.
        [few] { $count } устройства из файла на этом ПК не подключались: они с другого ПК, ещё не подключались или имена с опечаткой.
       *[other] { $count } устройств из файла на этом ПК не подключались: они с другого ПК, ещё не подключались или имена с опечаткой.
    }
subs-import-earlier =
    { $count ->
        [one] У { $count } записи дата станет раньше, чем была.
        [few] У { $count } записей дата станет раньше, чем была.
       *[other] У { $count } записей дата станет раньше, чем была.
    }
subs-import-section-name = Какие строки показать
subs-import-all = Все
subs-import-unread-part = Не учтено: { $count }
subs-import-changed = Изменится: { $count }
subs-import-removed = Удалится: { $count }
subs-import-added = Новых: { $count }
subs-import-unchanged = Без изменений: { $count }
subs-import-lines = Что изменится
subs-import-line = Строка { $line }
subs-import-earlier-note = раньше, чем было
subs-import-other = другая лицензия или примечание
subs-import-confirm = Импортировать
subs-import-confirm-asked = Импортировать…
subs-import-running = Импортируем…
subs-import-missing = Укажите столбцы: { $fields }
subs-import-empty = В файле нет ни одной годной записи
subs-import-same = Менять нечего: всё это уже есть
subs-edit-new = Новая подписка
subs-edit-record = Подписка: { $device }
subs-edit-several = Подписка продлена: новая дата
subs-edit-several-new = Указать дату подписки
subs-edit-device = Устройство
subs-edit-device-hint = ТСД — по имени его папки в Connections, рабочее место — по имени компьютера
subs-edit-stranger = К базам этого ПК такое устройство не подключалось. Проверьте имя: у ТСД это имя папки в Connections, у рабочего места имя компьютера
subs-edit-choose = Выбрать…
subs-edit-choose-name = Выбрать устройство этого компьютера
subs-edit-product = Продукт
subs-edit-until = Действует по (включительно)
subs-edit-until-hint = например, 31.12.2027
subs-edit-licence = Лицензия
subs-edit-note = Примечание
subs-edit-which = У кого изменить дату
subs-edit-before = было по { $date }
subs-edit-before-none = нет данных
subs-edit-earlier = Это раньше, чем было: { $date }.
subs-edit-changed = Запись тем временем изменил кто-то другой: теперь по { $date }. Откройте её снова.
subs-edit-gone = Записи больше нет: её тем временем удалил кто-то другой.
subs-edit-outvotes = Дата для всех продуктов перекроет записи: { $names }.
subs-edit-outvoted = { $name } (по { $date })
subs-edit-replaces = Запись об этом устройстве и продукте уже есть (по { $date }), она заменится.
subs-edit-exists = Запись об этом устройстве и продукте уже есть, по { $date }. Измените её.
subs-edit-already = Эта дата уже прошла: подписка останется законченной.
subs-edit-list-unread = Список подписок не читается. Сначала исправьте его или импортируйте заново
subs-edit-nothing-chosen = Отметьте хотя бы одно устройство
subs-edit-same = Ничего не изменено
subs-save = Сохранить
subs-save-asked = Сохранить…
subs-saving = Сохраняем…
subs-remove-title = Удалить запись о подписке?
subs-remove-text = { $what }: запись (по { $date }) исчезнет из списка. Если устройство подключается к базам этого ПК, о его подписке снова не будет данных.
subs-remove-yes = Удалить
subs-write-off-title = Не учитывать { $device }?
subs-write-off-text = Подписка этого устройства больше не будет мешать обновлениям. Если оно снова подключится к базе, то опять будет учитываться. Кто и когда его списал, останется в журнале.
subs-write-off-yes = Не учитывать
subs-count-again-title = Снова учитывать { $device }?
subs-count-again-text = Подписка этого устройства опять будет решать, какие версии можно ставить. Это останется в журнале.
subs-count-again-yes = Учитывать
check-not-covered = не входит в подписку
check-no-subscription-data = { $count ->
    [one] Подписка: нет данных для { $count } строки. Что известно, показывает smarts subscription list
    [few] Подписка: нет данных для { $count } строк. Что известно, показывает smarts subscription list
   *[other] Подписка: нет данных для { $count } строк. Что известно, показывает smarts subscription list
}

### Вкладка «История»

tab-history = История
tab-settings = Настройки
tab-diagnostics = Диагностика
history-count =
    { $count ->
        [one] { $count } запись
        [few] { $count } записи
       *[other] { $count } записей
    }
history-count-shown = Показано { $shown } из { $count }
history-title-none = История обновлений
history-span = с { $since } по { $until }
history-reading = Читаем историю…
history-refresh = Обновить список
history-refreshing = Читаем…
history-open-file = Открыть журнал из файла…
history-export = Сохранить как CSV…
history-tools = Отбор
history-base = База или программа
history-all-bases = Все базы и программы
history-person = Кто обновлял
history-all-people = Кто угодно
history-period = За какое время
history-period-all = За всё время
history-period-year = За год
history-period-month = За 30 дней
history-period-week = За 7 дней
history-foreign = Показать чужие программы
history-search = Найти…
history-search-name = Найти в истории
history-list = История обновлений
history-when = Дата и время
history-head-when = Дата, уровень
history-head-source = Источник, код, компьютер
history-head-versions = Было и стало, итог
history-head-who = Кто, учётная запись
history-versions = Версии
history-unknown = нет данных
history-begun-at = Началось
history-manufacturer = Издатель
history-status = Код установщика
history-restart = Перезагрузка
history-reboot-needed = была нужна
history-package = Файл
history-proof = Подлинность
history-sha256 = SHA-256
history-product-code = Код продукта
history-copy = Копия до обновления
history-head-what = База или программа
history-open-copy = Открыть папку копии
history-copy-text = Скопировать
history-exported =
    { $count ->
        [one] Записан файл { $path }: { $count } запись.
        [few] Записан файл { $path }: { $count } записи.
       *[other] Записан файл { $path }: { $count } записей.
    }
history-no-folder = Этой папки больше нет: { $path }
history-entry = Запись истории
history-close-entry = Скрыть подробности
history-banner = Журнал событий из файла { $file }, к нему — записи этой программы на этом компьютере
history-back = Вернуться к этому компьютеру
history-log-not-here = Журнала событий Windows здесь нет: показано то, что записала эта программа.
history-cut-window = Показаны последние { $count }, есть и более старые: их покажет «smarts history --until ГГГГ-ММ-ДД».
history-failed-title = Историю прочитать не удалось
history-again = Повторить
history-empty-hint = Здесь появится каждое обновление: кто, когда, с какой версии на какую и чем кончилось.
history-empty-file = В этом файле ничего о Mobile SMARTS нет
history-empty-file-hint = Можно показать и чужие программы или открыть другой файл. Нужен журнал «Приложение».
history-none-hint = Ищем по базе, программе, людям, версиям, кодам событий и подробностям.
history-drop = Отпустите файл: покажем, что в этом журнале об обновлениях
history-not-exported = Файл { $path } не записан ({ $reason })
history-file-kind = Журнал событий Windows
history-file-name = история.csv
history-open-title = Выгруженный журнал событий
history-export-title = Куда сохранить историю
### Копии баз и возврат

copy-before-update-to = перед обновлением до { $version }
copy-before-update = перед обновлением
copy-by-hand = сделана вручную
copy-before-going-back = перед возвратом
copy-unreadable = описание копии не читается
copy-open = копию могли записать не только администраторы
copy-theirs = сделана не этой программой
copy-unfinished = не закончена
cli-backup-id = Копия
cli-backup-base = База
cli-backup-version = Версия
cli-backup-size = Размер
cli-backup-why = Зачем
cli-backup-none = Копий баз ещё нет: { $path }
cli-backup-unread = Папка с копиями не читается: { $path } ({ $reason })
cli-backup-unknown = Копии «{ $id }» нет. Коды копий показывает команда smarts backup list
cli-backup-cut-off = база «{ $name }»: возврат { $time } оборвался; повторите команду, она сначала доведёт его до конца или отменит. Копия: { $folder }
cli-backup-copying = копируется
cli-backup-checking = проверяется
cli-backup-will-copy = база «{ $name }», { $size }, копируется в папку { $folder }
cli-backup-would-go =
    { $count ->
        [one] после этого лишней станет { $count } прежняя копия:
        [few] после этого лишними станут { $count } прежние копии:
       *[other] после этого лишними станут { $count } прежних копий:
    }
cli-backup-confirm-delete = Удалить их, когда новая копия будет готова?
cli-backup-made = Копия сделана и проверена: { $folder }, { $size }
cli-backup-deleted = Удалена прежняя копия: { $id }
backup-clash = в копии есть ещё одно имя, которое отличается от { $path } только регистром букв, а в базе нет обоих
backup-damaged = копия испорчена: { $path }
backup-last-good = прежняя копия оставлена: новейшая копия этой базы неполная, а эта может понадобиться ({ $path })
backup-open = копию могли записать не только администраторы, поэтому мы ей не верим: { $path }
backup-not-deleted = копия не удалена: { $path } ({ $reason })
cli-back-copy = копия от { $time }, сделал { $who }
cli-back-part = вернутся только файлы, которые заменило обновление; документы, настройки и лицензии, появившиеся с тех пор, останутся
cli-back-whole = база вернётся целиком
cli-back-replaced =
    { $count ->
        [one] станет прежним { $count } файл:
        [few] станут прежними { $count } файла:
       *[other] станут прежними { $count } файлов:
    }
cli-back-brought =
    { $count ->
        [one] вернётся { $count } файл или папка:
        [few] вернутся { $count } файла или папки:
       *[other] вернутся { $count } файлов или папок:
    }
cli-back-removed =
    { $count ->
        [one] исчезнет { $count } файл или папка, которых в копии нет:
        [few] исчезнут { $count } файла или папки, которых в копии нет:
       *[other] исчезнут { $count } файлов или папок, которых в копии нет:
    }
cli-back-vanish =
    { $count ->
        [0] ничего из сделанного после { $time } не пропадёт
        [one] пропадёт { $count } файл, появившийся или изменённый после { $time }:
        [few] пропадут { $count } файла, появившиеся или изменённые после { $time }:
       *[other] пропадут { $count } файлов, появившихся или изменённых после { $time }:
    }
cli-back-documents = из них документов — { $count }
cli-back-copied-first = нынешнее состояние базы сначала копируется в папку { $folder }
cli-back-without = не затрагивается: { $names }
cli-back-confirm = Вернуть?
cli-back-declined = Отменено, база осталась как есть
cli-back-reading = сверяется
cli-back-laying = готовится то, что вернётся
cli-back-putting = возвращается
cli-back-undoing = не вышло, изменения отменяются
cli-back-nothing = { $name }: возвращать нечего, всё уже как в копии
cli-back-done = { $name }: возвращена версия { $version }
cli-back-done-works = { $name }: возвращена версия { $version }, { $works }
cli-back-present = Состояние до возврата: { $folder }
cli-back-unrecorded = в журнал это не записано
cli-back-not-ours = Из этой копии программа не возвращает ({ $state }): { $folder }
back-untouched = база не изменена
back-not-here = базы нет в списке, или она не на этом компьютере
back-other-base = копия сделана с базы, которая лежала в другой папке: { $folder }
back-other-computer = копия сделана на другом компьютере: { $computer }. Если это прежнее имя этого компьютера, верните файлы из папки копии вручную
back-elsewhere = копия лежит не в папке для копий: { $folder }
back-nothing-known = что изменило обновление после этой копии, неизвестно; вернуть можно только базу целиком, ключом --whole
back-other-version = после этого обновления базу меняло что-то ещё, сейчас на ней { $version }; сначала вернитесь из более новой копии, или верните базу целиком ключом --whole
back-other-than-shown = база изменилась, пока вы читали; повторите команду
back-half = возврат оборвался на полпути, работать с базой пока нельзя:
back-half-way = прежнее изменение базы оборвалось, и довести его до конца не удалось; закройте программы, которые работают с базой, и повторите команду, или верните базу целиком ключом --whole
back-again = копия цела: закройте программы, которые работают с базой, и повторите команду; если не поможет, верните базу целиком ключом --whole
history-copied = копия сделана вручную
history-copy-deleted = удалена прежняя копия
history-going-back = возврат начат и не закончен
history-went-back = возвращены файлы, которые заменило обновление
history-went-back-whole = возвращена вся база из копии
history-not-gone-back = вернулось не всё

### Возврат в окне

going-back-menu = Вернуть прежнюю версию…
going-back-title = Вернуть прежнюю версию базы «{ $name }»
going-back-listing = Ищем копии базы…
going-back-none = Копий этой базы ещё нет
going-back-none-hint = Программа делает копию сама перед каждым обновлением и складывает их в папку { $folder }
going-back-copies = Из какой копии
going-back-copy = { $time }, версия { $version }
going-back-by = сделал { $user }
going-back-open-copy = Открыть папку копии
going-back-open-all = Открыть папку копий
going-back-refused-unreadable = Описание копии не читается, поэтому из неё не возвращаем: { $reason }
going-back-refused-open = Эту копию могли записать не только администраторы, поэтому мы ей не верим и базу из неё не возвращаем
going-back-refused-theirs = Описания к ней нет, поэтому проверить её нельзя: вернуть из неё можно только вручную
going-back-refused-unfinished = Копия не полная, из неё не возвращаем
going-back-way = Что вернуть
going-back-part = Только файлы, которые заменило обновление
going-back-part-hint = Документы, настройки и лицензии, появившиеся с тех пор, останутся
going-back-part-dead = Эта копия сделана не перед обновлением: из неё можно вернуть только всю базу
going-back-whole = Всю базу из копии
going-back-whole-hint = Всё, что сделано в базе после копии, пропадёт; нынешнее состояние сначала копируется
going-back-comparing = Сверяем базу с копией…
going-back-comparing-amount = Сверяем базу с копией: { $amount }
going-back-nothing = Возвращать нечего: всё уже как в копии
going-back-replaced =
    { $count ->
        [one] Станет прежним { $count } файл:
        [few] Станут прежними { $count } файла:
       *[other] Станут прежними { $count } файлов:
    }
going-back-brought =
    { $count ->
        [one] Вернётся { $count } файл или папка:
        [few] Вернутся { $count } файла или папки:
       *[other] Вернутся { $count } файлов или папок:
    }
going-back-removed =
    { $count ->
        [one] Исчезнет { $count } файл или папка, которых в копии нет:
        [few] Исчезнут { $count } файла или папки, которых в копии нет:
       *[other] Исчезнут { $count } файлов или папок, которых в копии нет:
    }
going-back-lost =
    { $count ->
        [one] Пропадёт { $count } файл, появившийся или изменённый после { $time }:
        [few] Пропадут { $count } файла, появившиеся или изменённые после { $time }:
       *[other] Пропадут { $count } файлов, появившихся или изменённых после { $time }:
    }
going-back-lost-part =
    { $count ->
        [one] Пропадёт { $count } файл, изменённый после обновления:
        [few] Пропадут { $count } файла, изменённые после обновления:
       *[other] Пропадут { $count } файлов, изменённых после обновления:
    }
going-back-lost-short =
    { $count ->
        [one] Пропадёт { $count } файл
        [few] Пропадут { $count } файла
       *[other] Пропадут { $count } файлов
    }
going-back-lost-documents =
    { $count ->
        [one] среди них { $count } документ
        [few] среди них { $count } документа
       *[other] среди них { $count } документов
    }
going-back-lost-none = Ничего из сделанного после { $time } не пропадёт
going-back-present = Сначала нынешнее состояние базы, { $size }, копируется в папку { $folder }
going-back-no-room = Для копии нынешнего состояния нужно { $size } в папке { $folder }, а свободно { $free }
going-back-no-room-hint = Освободите место на диске и откройте это окно снова
going-back-without = Не затрагивается: { $names }
going-back-again = Проверить ещё раз
going-back-confirm = Вернуть
going-back-confirm-asked = Вернуть…
going-back-copy-now = Сделать копию сейчас
going-back-copy-asked = Сделать копию сейчас…
going-back-why-download = Сначала закончите загрузку обновления этой базы
going-back-why-none = Выберите копию
going-back-why-looking = Смотрим, что изменится…
going-back-why-fault = Так вернуть нельзя, причина выше
going-back-why-room = Не хватает места для копии
going-back-why-nothing = Возвращать нечего
going-back-question = Сделать копию базы «{ $name }»
going-back-question-text = Копия займёт { $size } в папке { $folder }.
going-back-too-many =
    { $count ->
        [one] После неё лишней станет { $count } прежняя копия:
        [few] После неё лишними станут { $count } прежние копии:
       *[other] После неё лишними станут { $count } прежних копий:
    }
going-back-delete = Удалить лишнее, когда новая копия будет готова и проверена
going-back-question-confirm = Сделать копию
going-back-question-confirm-asked = Сделать копию…
going-back-question-back = Назад
going-back-nothing-known = что изменило обновление после этой копии, неизвестно
going-back-next-whole = Выберите «Всю базу из копии»
going-back-other-version = после этого обновления базу меняло что-то ещё: сейчас на ней { $version }
going-back-next-newer = Сначала вернитесь из более новой копии или выберите «Всю базу из копии»
going-back-other-than-shown = база изменилась, пока вы читали
going-back-next-again = Откройте «Вернуть прежнюю версию…» ещё раз
going-back-next-other = Выберите другую копию
going-back-next-link = Уберите это из папки базы и проверьте ещё раз
going-back-half = вернулось не всё
going-back-half-way = прежнее изменение базы оборвалось, и довести его до конца не удалось
going-back-next-half = Закройте программы, которые работают с базой, и выберите «Всю базу из копии»
going-back-half-files =
    { $count ->
        [one] не вернулся { $count } файл: { $names }
        [few] не вернулись { $count } файла: { $names }
       *[other] не вернулись { $count } файлов: { $names }
    }
going-back-next-same = Закройте программы, которые работают с базой, и верните её из той же копии ещё раз
going-back-copies-stay = Прежние копии целы
going-back-not-agreed = то, с чем вы согласились, до программы с правами администратора не дошло
going-back-broke-off = работа оборвалась, не начавшись: программа с правами администратора закрылась раньше времени
going-back-broke-off-half = возврат оборвался на полпути
going-back-broke-off-undone = возврат не удался, и программа с правами администратора закрылась раньше, чем сказала почему
going-back-broke-off-settled = возврат не начался: сначала было улажено прежнее изменение базы, а потом программа с правами администратора закрылась раньше времени
going-back-as-before = База такая, какой была до возврата. Копия цела: { $folder }
life-copies-preparing = проверяем, можно ли начать
life-comparing = база сверяется с копией, { $amount }
life-laying = готовятся файлы из копии, { $amount }
life-undoing = не получилось, база становится такой, какой была
life-putting-back = возвращаются файлы из копии
life-went-back = Возвращена версия { $version } · { $time }
life-went-back-unknown = База возвращена из копии · { $time }
life-went-back-part = документы, настройки и лицензии остались
life-went-back-whole = состояние до возврата сохранено в копии
life-not-gone-back = Вернуть не удалось: { $reason }
life-copied = Копия сделана, { $size } · { $time }
life-copied-checked = она проверена; прежние копии на месте
life-copied-removed =
    { $count ->
        [one] она проверена; удалена { $count } прежняя копия
        [few] она проверена; удалены { $count } прежние копии
       *[other] она проверена; удалено { $count } прежних копий
    }
life-not-copied = Копия не сделана: { $reason }
button-stop-copies-name = Остановить: { $name }
button-back-again-name = Вернуть прежнюю версию: { $name }
link-open-copy = Открыть копию
link-open-copy-name = Открыть папку копии: { $name }
failure-title-back = Вернуть прежнюю версию не удалось: { $name }
failure-title-copy = Копия не сделана: { $name }
leave-copies = Идёт работа с базой и её копией. Окно можно закрыть, когда она закончится: прерывать её нельзя.

## Settings

settings-column-key = Настройка
settings-column-value = Значение
settings-column-from = Откуда
settings-is-set = задано
settings-is-default = по умолчанию
settings-stored-in = Настройки хранятся в { $path }
settings-root-installed = Корень доверия записан: с этого момента учитывается только подписанное им
settings-root-stays = Прежний корень доверия вернуть не удалось, { $path } остался новым ({ $reason })
settings-root-unread = Файл { $path } не прочитан: { $reason }
settings-root-none = { $path } — не корень подписанного источника: { $reason }
settings-untrusted = Настройки не изменены: файл { $path } может изменить не только администратор. Проверьте, что в нём, и удалите его; настройки запишутся заново.
settings-root-changed = Файл { $path } изменился после того, как его показали. Выберите его ещё раз.
settings-wrong-number = Целое число: от { $from } до { $to }.
settings-wrong-number-up = Целое число, не меньше { $from }.
settings-wrong-word = Одно из слов: { $words }.
settings-wrong-hours = Часы, например 21:00-23:00 или mon-thu 21:00-23:00.
settings-wrong-source = Адрес https://… или полный путь к папке, например \\сервер\зеркало.
settings-wrong-mirrors = Адреса https://… или полные пути к папкам, через точку с запятой.
settings-wrong-login = Адрес без имени и пароля, то есть без @: настройки видны всем на этом компьютере.
settings-wrong-plain = Адрес https://…; http на другом компьютере можно только вместе с корнем доверия.
settings-wrong-proxy = Адрес прокси, например http://proxy.shop:3128.
settings-wrong-proxy-login = Адрес прокси без имени и пароля: имя — в отдельной настройке, пароль программа спросит и сохранит сама.
settings-wrong-user = Имя без двоеточия и пароля, например ДОМЕН\имя.
settings-wrong-file = Полный путь к файлу, например C:\Сертификаты\компания.pem.
settings-wrong-folder = Полный путь к папке, например D:\Копии или \\сервер\папка.
settings-wrong-folders = Имена папок в корне базы, без путей, через точку с запятой.
leave-settings =
    { $count ->
        [one] В настройках не сохранено { $count } изменение. Если закрыть окно, оно пропадёт.
        [few] В настройках не сохранены { $count } изменения. Если закрыть окно, они пропадут.
       *[other] В настройках не сохранено { $count } изменений. Если закрыть окно, они пропадут.
    }

settings-parts = Разделы настроек
settings-part-changed = { $name }, изменено
settings-part-wrong = { $name }, введено неверно
settings-group-source = Источник
settings-group-network = Сеть
settings-group-background = Проверка в фоне
settings-group-updating = Кто обновляет
settings-group-subscriptions = Подписки
settings-group-copies = Копии баз
settings-group-downloads = Загрузки
settings-group-reports = Отчёты
settings-group-look = Вид окна
settings-about-source = Откуда берутся новые версии и чему верит эта программа.
settings-about-network = Как программа выходит к источнику.
settings-about-background = Когда программа сама ищет новые версии и кому о них сообщает.
settings-about-updating = Кому предлагать обновление и к кому обращаться остальным.
settings-about-subscriptions = Что делать, когда о подписке ничего не известно, и когда предупреждать о её конце.
settings-about-copies = Перед каждым обновлением база копируется; здесь — куда и сколько копий хранить.
settings-about-downloads = Куда и как быстро загружаются файлы новых версий.
settings-about-reports = Отчёты для компании: по ним видно, что установлено на всех компьютерах.
settings-about-look = Что вы выбрали для себя, действует сразу и только в вашем окне.
settings-reading = Смотрим, какие настройки действуют…
settings-locked = Менять это может только администратор компьютера. Здесь показано то, что действует сейчас.
settings-ignored = Файл { $file } может изменить не только администратор, поэтому он не учитывается: действуют значения по умолчанию. Проверьте, что в нём, и удалите его.
settings-ignored-save = Сначала удалите этот файл: иначе начнёт действовать то, что в нём записали другие.
settings-unknown = В файле настроек есть непонятное: { $keys }. Оно не учитывается и остаётся в файле.
settings-broken = Файл настроек не читается
settings-unread = Файл { $path } не читается: { $reason }
settings-unparsed = В файле { $path } ошибка: { $reason }
settings-unwritten = не удалось записать { $path }: { $reason }
settings-unsaid-secret = В адресе есть имя, пароль или параметры, которые здесь не показаны. Чтобы не потерять их, измените настройку в файле настроек или верните значение по умолчанию.
settings-unsaid-separator = В имени папки есть точка с запятой, а она разделяет имена. Измените настройку в файле настроек или верните значение по умолчанию.
settings-broken-hint = Пока он не исправлен, здесь ничего не меняется и файл не перезаписывается.
settings-open-folder = Открыть папку
settings-open-folder-name = Открыть папку с файлом { $path }
settings-for-all = Настройки этого раздела — общие для всех на этом компьютере.
settings-for-me = Это — только ваше; прав администратора не нужно.
settings-reset = По умолчанию
settings-reset-name = Вернуть по умолчанию: { $name }
settings-reset-to = По умолчанию: { $value }
settings-changed = изменено
settings-key = В файле настроек и в «smarts settings»: { $key }
settings-now = Сейчас: { $what }
settings-choose-folder = Выбрать папку…
settings-choose-file = Выбрать файл…
settings-choose-name = Выбрать: { $name }
settings-pem-kind = Сертификаты PEM
settings-root-kind = Корень доверия (root.json)
settings-root-title = Корень доверия
settings-unit-days = дн.
settings-unit-copies = шт.
settings-unit-kib-s = КиБ/с
settings-unit-tries = раз
settings-unit-versions = шт.
settings-no-limit = без ограничения
settings-kib-s = { $count } КиБ/с
settings-proxy-address = Адрес прокси
settings-discard = Отменить изменения
settings-unsaved =
    { $count ->
        [one] Не сохранено { $count } изменение
        [few] Не сохранено { $count } изменения
       *[other] Не сохранено { $count } изменений
    }
settings-some-wrong = Неверно: { $name }
settings-will-restart = Часть изменений подействует со следующего запуска окна.
settings-restart = Сохранено. Часть изменений подействует со следующего запуска окна.
settings-restart-hint = Закройте окно и откройте его снова; проверка в фоне возьмёт их сама.
settings-root = Корень доверия
settings-root-hint = Файл root.json вашей компании или поставщика. Если он есть, учитывается только то, что им подписано.
settings-root-no = Не задан: источнику верят по https и по подписям файлов.
settings-root-since = Действует версия { $version }, файл записан { $since }, срок — до { $until }.
settings-root-in-force = Действует версия { $version }, срок — до { $until }.
settings-root-unusable = корнем доверия воспользоваться нельзя, поэтому ничего не загружается: { $reason }
settings-root-chosen = Будет записан { $path }: версия { $version }, срок — до { $until }, SHA-256 { $digest }…
settings-root-choose = Выбрать root.json…
settings-root-leave = Не записывать
settings-root-stored = Хранится в { $path }
settings-own-language = Язык окна
settings-own-language-hint = Надписи окна сменят язык сразу, сообщения о ходе работы и диагностика — со следующего запуска.
settings-own-language-usual = Как на компьютере
settings-russian = Русский
settings-english = English
settings-theme = Тема
settings-theme-hint = Светлая или тёмная; как в системе — меняется вместе с ней.
settings-theme-system = Как в системе
settings-theme-light = Светлая
settings-theme-dark = Тёмная
settings-scale = Масштаб
settings-scale-hint = Сверх масштаба экрана. То же — Ctrl и «плюс» или «минус».
settings-scale-other = Сейчас { $scale } %, выбрано клавишами Ctrl и «плюс» или «минус».
settings-motion = Движение
settings-motion-hint = Плавные переходы в окне. Без них окно легче для удалённого рабочего стола.
settings-motion-system = Как в системе
settings-motion-on = Показывать
settings-motion-off = Без движения

setting-source = Адрес или папка
setting-source-hint = Сайт или папка с деревом обновлений. Если пусто — сайт производителя.
setting-source-default = сайт производителя
setting-mirrors = Зеркала
setting-mirrors-hint = Где ещё лежат те же файлы, через точку с запятой. К ним обращаются только за файлами, когда источник их не отдаёт.
setting-mirrors-default = нет
setting-publisher = Издатель установщиков
setting-publisher-hint = Чья подпись Windows должна быть на установщиках, что бы ни говорил источник.
setting-publisher-default = как говорит источник
setting-resigned-by = Кто подписывает заново
setting-resigned-by-hint = Компания, которая подписывает установщики своей подписью; её подпись тоже годится.
setting-resigned-by-default = никто
setting-proxy = Прокси
setting-proxy-hint = Через что выходить в сеть. Пароль здесь не вводится: программа спросит его, когда прокси его потребует. Для всех его сохраняет «smarts proxy set-password».
setting-proxy-system = Как в системе
setting-proxy-environment = Из переменных среды
setting-proxy-none = Без прокси
setting-proxy-manual = Свой адрес
setting-proxy-user = Имя для прокси
setting-proxy-user-hint = Под каким именем входить, например ДОМЕН\имя.
setting-proxy-user-default = не задано
setting-ca-file = Сертификаты компании
setting-ca-file-hint = Файл PEM с сертификатами, которым верят вместе с системными: если трафик проверяет шлюз компании.
setting-ca-file-default = только системные
setting-offline = Компьютер без сети
setting-offline-hint = Окно не проверяет само и вместо ошибок показывает, насколько стары сведения. Обновления приносят в папке.
setting-offline-no = Есть сеть
setting-offline-yes = Без сети
setting-check-hours = Как часто
setting-check-hours-hint = Сколько часов проходит между двумя проверками. У каждого компьютера своя минута, чтобы не приходили все разом.
setting-working-hours = Рабочее время
setting-working-hours-hint = Проверять только в эти часы; в остальные проверка ждёт.
setting-working-hours-on = Только в рабочее время
setting-working-hours-default = в любое время
setting-notify = Кому сообщать
setting-notify-hint = Кто увидит сообщение и значок, когда выйдет новая версия.
setting-notify-admins = Администраторам
setting-notify-all = Всем
setting-notify-none = Никому
setting-maintenance = Время обслуживания
setting-maintenance-hint = В эти часы напоминаем о том, что ещё не установлено.
setting-maintenance-on = Напоминать в определённые часы
setting-maintenance-default = не задано
setting-who-may-update = Кому предлагать обновление
setting-who-may-update-hint = Windows спросит разрешение администратора в любом случае.
setting-who-may-update-admins = Администраторам
setting-who-may-update-all = Всем, с паролем администратора
setting-administrator = К кому обращаться
setting-administrator-hint = Имя и телефон: их увидят те, кому обновлять нельзя.
setting-administrator-default = не указано
setting-subscription-unknown = Если о подписке ничего не известно
setting-subscription-unknown-hint = Входит ли новая версия в подписку, видно не всегда: может не быть записи об устройстве или даты выпуска.
setting-subscription-unknown-warn = Предупреждать
setting-subscription-unknown-stop = Не устанавливать
setting-subscription-warn-days = Предупреждать о конце подписки
setting-subscription-warn-days-hint = За сколько дней. 0 — только когда она уже кончилась.
setting-backup-dir = Папка копий
setting-backup-dir-hint = Если пусто — папка платформы. Лучше другой диск, чем у баз.
setting-backup-dir-default = папка платформы
setting-backups-per-base = Копий каждой базы
setting-backups-per-base-hint = Лишние удаляются, только если вы согласились на это перед обновлением.
setting-backups-share-of-disk = Сколько диска занимать
setting-backups-share-of-disk-hint = Столько места на диске могут занять все копии вместе.
setting-backup-without = Что не копировать
setting-backup-without-hint = Папки в корне базы, которых нет в копиях, через точку с запятой. Пусто — копируется всё.
setting-backup-without-default = ничего
setting-downloads-dir = Папка загрузок
setting-downloads-dir-hint = Если пусто — «Загрузки» каждого человека. В указанной папке у каждого будет своя.
setting-downloads-dir-default = «Загрузки» каждого
setting-download-limit-kib-s = Скорость
setting-download-limit-kib-s-hint = Не быстрее этого для всех загрузок вместе. 0 — без ограничения.
setting-download-tries = Попыток подряд
setting-download-tries-hint = Сколько раз пробовать там, где загрузка не продвигается. Загруженное не пропадает.
setting-keep-downloads = Хранить прежних версий
setting-keep-downloads-hint = Сколько прежних версий каждого продукта остаётся в папке загрузок, чтобы было к чему вернуться.
setting-report-dir = Папка отчётов
setting-report-dir-hint = Общая папка, куда каждая проверка кладёт отчёт этого компьютера. Все отчёты показывает «Ещё» → «Открыть папку отчётов…».
setting-report-dir-default = отчётов нет
setting-language = Язык программ
setting-language-hint = Для всех на этом компьютере: окно, сообщения и командная строка. Свой язык окна каждый выбирает выше.
setting-language-default = Как в системе
setting-language-ru = Русский
setting-language-en = English
setting-renderer = Как рисуется окно
setting-renderer-hint = Менять стоит, только если окно не открывается или рисуется с ошибками.
setting-renderer-auto = Автоматически
setting-renderer-direct3d = Direct3D
setting-renderer-opengl = OpenGL

## Diagnostics

tab-diagnostics-count =
    { $count ->
        [one] Диагностика, { $count } требует внимания
       *[other] Диагностика, { $count } требуют внимания
    }
diagnostics-title = Диагностика
diagnostics-hint-restart = Проверка идёт по прежним настройкам: новые подействуют, когда программу откроют снова.
diagnostics-hint = Как программа работает на этом компьютере и видит ли она источник обновлений.
diagnostics-running = Проверяем: { $done } из { $total }
diagnostics-starting = Проверяем…
diagnostics-stopped = Проверка остановлена: { $sum }
diagnostics-again = Проверить ещё раз
diagnostics-stop = Остановить
diagnostics-copy-all = Скопировать всё
diagnostics-copy-one = Скопировать: { $title }
diagnostics-to-look-at = Требует внимания:
diagnostics-show = Показать: { $title }
diagnostics-copy-rule = Скопировать правило
diagnostics-report = Отчёт для поддержки…
diagnostics-open-log = Открыть папку журнала
diagnostics-pending = Проверяется…
diagnostics-row-name = { $title }: { $state }. { $text }
diagnostics-state-ok = В порядке
diagnostics-state-neutral = Для сведения
diagnostics-state-attention = Требует внимания
diagnostics-state-unknown = Не удалось проверить
diagnostics-broke = Проверка прервалась: подробности в журнале программы
diagnostics-saving = Собираем отчёт…
support-title = Сохранить отчёт для поддержки
support-file-kind = Архив ZIP
support-name = smarts-отчёт.zip
support-not-written = Отчёт не сохранён в { $path }: { $reason }
support-next = Выберите другую папку: на этом диске может не быть места или прав
support-written = Отчёт сохранён: { $path }

diagnose-mark-neutral = для сведения
diagnose-sum-fine = всё в порядке
diagnose-sum-attention =
    { $count ->
        [one] { $count } требует внимания
       *[other] { $count } требуют внимания
    }
diagnose-sum-unknown = { $count } не удалось проверить
diagnose-group-source = Источник и сеть
diagnose-group-program = Эта программа
diagnose-group-files = Папки и записи
diagnose-group-background = В фоне
diagnose-group-pc = Этот компьютер
diagnose-title-source = Источник обновлений
diagnose-title-trust = Доверие к источнику
diagnose-title-proxy = Прокси
diagnose-title-proxy-port = Связь с прокси
diagnose-title-ca-file = Сертификаты компании
diagnose-title-name = Имя сервера
diagnose-title-port = Порт { $port }
diagnose-title-own-port = Порт источника
diagnose-title-tls = Защищённое соединение
diagnose-title-answer = Ответ источника
diagnose-title-source-folder = Папка источника
diagnose-settings-changed = настройки изменены: они подействуют, когда программу откроют снова
diagnose-title-second-host = Второй сервер источника
diagnose-title-firewall = Правило для брандмауэра
diagnose-title-vendor-address = Адрес из инструкции
diagnose-title-clock = Часы
diagnose-title-program = Версия программы
diagnose-title-signature = Подпись программы
diagnose-title-settings = Настройки
diagnose-title-policy = Кто обновляет
diagnose-title-renderer = Отрисовка окна
diagnose-title-folder = Общая папка
diagnose-title-state-folder = Папка состояния
diagnose-title-downloads = Папка загрузок
diagnose-title-backups = Папка копий баз
diagnose-title-log = Журнал программы
diagnose-title-journal = Журнал обновлений
diagnose-title-changes = Изменения баз
diagnose-title-task = Задание SmartsUpdate
diagnose-title-last-check = Последняя проверка
diagnose-title-event-log = Журнал событий Windows
diagnose-title-event-source = Записи в журнале событий
diagnose-title-windows = Windows
diagnose-title-platform = Платформа
diagnose-title-bases = Базы Mobile SMARTS
diagnose-title-rights = Права
diagnose-title-reboot = Перезагрузка

diagnose-source-https = только https
diagnose-stopped = проверка остановлена
diagnose-late = ответа не дождались
diagnose-broke = проверка прервалась, подробности в журнале программы
diagnose-check-failed = последняя проверка { $when } не удалась
diagnose-check-failed-since = Первая неудача: { $since }
diagnose-folder-not-reached = до папки не добраться: нет ни её, ни диска или общей папки, где она должна быть
diagnose-millis = { $count } мс
diagnose-name = имя { $host } найдено
diagnose-no-name = имя { $host } не находится
diagnose-name-late = сервер имён не ответил про { $host }
diagnose-port-open = порт { $port } открыт ({ $time })
diagnose-port-refused = порт { $port }: соединение отклонено
diagnose-port-late = порт { $port } не отвечает
diagnose-port-unreached = до порта { $port } не добраться
diagnose-port-name-late = порт { $port } не проверить: сервер имён не ответил
diagnose-closed-refused = соединение отклонено
diagnose-closed-no-name = имя не найдено
diagnose-closed-name-late = сервер имён не ответил
diagnose-port-no-name = порт { $port } не проверить: имя не найдено
diagnose-name-written = источник задан IP-адресом { $host }, имя не нужно
diagnose-port-not-needed = программе он не нужен, но в инструкции производителя назван и он
diagnose-proxy-open = прокси { $proxy } доступен ({ $time })
diagnose-proxy-closed = прокси { $proxy } недоступен
diagnose-answer = { $host } отвечает ({ $time })
diagnose-answer-status = { $host } отвечает, но списка версий не отдаёт: код { $status }
diagnose-tls = соединение защищено, подлинность сервера подтверждена
diagnose-tls-ends-soon = соединение защищено; сертификат сервера скоро закончится, его обновят те, кто ведёт этот сервер
diagnose-tls-inspected = соединение защищено; его просматривает { $product }
diagnose-tls-inspected-unbelieved = в соединение вмешивается { $product }: его сертификату этот компьютер не доверяет
diagnose-tls-self-signed = { $host } сам выдал себе сертификат
diagnose-tls-not-seen = до сертификата сервера не добраться
diagnose-tls-broken = сертификат сервера не читается
diagnose-tls-nobody = без имени
diagnose-tls-issued = Сертификат выдал: { $issuer }. Кому: { $subject }. Действует до { $until }
diagnose-tls-issued-ended = Сертификат выдал: { $issuer }. Кому: { $subject }. Действовал до { $until }
diagnose-firewall = разрешите в брандмауэре
diagnose-firewall-none = источник на этом компьютере: правило не нужно
diagnose-firewall-ports = 80, 443
diagnose-firewall-rule = { $host } ({ $addresses }): исходящие TCP, порты { $ports }
diagnose-firewall-rule-unresolved = { $host }: исходящие TCP, порты { $ports }
diagnose-firewall-rule-proxy = С этого компьютера: исходящие TCP к прокси { $proxy }
diagnose-firewall-rule-of-proxy = С прокси: { $host }, исходящие TCP, порты { $ports }
diagnose-vendor-address = в инструкции производителя указан адрес { $address }
diagnose-vendor-address-same = в инструкции производителя указан адрес { $address }, он среди нынешних
diagnose-vendor-address-other = в инструкции производителя указан адрес { $address }, сейчас у сервера другой: { $now }. Адреса меняются, поэтому надёжнее разрешать имя
diagnose-source-folder = папка источника читается
diagnose-source-folder-bare = папка читается, но обновлений в ней нет
diagnose-no-source-folder = папка источника не открывается
diagnose-clock = часы идут верно: с сервером расходятся на { $by }
diagnose-clock-by-server = по времени сервера
diagnose-clock-slow = часы компьютера отстают на { $by }
diagnose-clock-fast = часы компьютера спешат на { $by }
diagnose-clock-unknown = часы сверить не удалось
diagnose-clock-no-date = сервер не сообщил время
diagnose-clock-alone = часы сверить не с чем: источник не на сервере
diagnose-clock-not-behind = часы не отстают от последней подписи источника
diagnose-off-seconds = { $count } с
diagnose-off-minutes = { $count } мин
diagnose-off-hours = { $count } ч
diagnose-off-days = { $count } дн.
diagnose-state-folder = папка состояния доступна
diagnose-backups = папка копий на месте
diagnose-no-backups = папка копий появится с первой копией
diagnose-free = свободно { $size }
diagnose-folder-unreadable = папка есть, но не читается
diagnose-folder-not-writable = писать в папку нельзя
diagnose-folder-unsure = можно ли писать в папку, узнать не удалось
diagnose-little-room = на диске мало места

advice-install-again = Установите программу заново от имени администратора
advice-settings-broken = Исправьте settings.toml от имени администратора: с таким файлом программа обновления не проверяет
advice-settings-open = Оставьте право изменять этот файл только администраторам; до тех пор действуют значения по умолчанию
advice-settings-unknown = Исправьте или удалите эти ключи; остальные настройки действуют
advice-restart = Закройте программу и откройте её снова
advice-source = Разрешите изменять common.config только администраторам или укажите источник в настройках
advice-trust = Попросите администратора установить верный root.json и закрыть его от изменений
advice-proxy = Укажите прокси и имя для входа в настройках: сценарии выбора прокси программа не выполняет
advice-ca-file = Исправьте настройку ca_file: нужен файл PEM, который может изменить только администратор
advice-platform = Установите платформу Mobile SMARTS или проверьте, тот ли это компьютер
advice-bases = Откройте менеджер баз и проверьте названные базы: папки и файлы описания
advice-task = Верните задание: «Ещё» → «Проверка по расписанию…» или smarts schedule install
advice-last-check = Проверьте обновления сейчас и посмотрите, что не прочиталось
advice-never-checked = Проверьте обновления в первый раз
advice-reboot = Перезагрузите компьютер перед обновлением
advice-renderer = Если окно не открывается, обновите драйвер видеокарты или выберите способ рисования в настройках
advice-open-window = Откройте окно программы один раз
advice-journal = Не удаляйте журнал; сохраните отчёт и отправьте его в поддержку
advice-changes = Перезагрузите компьютер или запустите следующее обновление: оно закончит или отменит начатое
advice-windows = Обновите Windows: на этой версии программа не проверялась
advice-folder = Проверьте, что папка есть, её можно читать и писать в неё и на диске есть место
advice-folder-not-reached = Подключите диск или сеть либо укажите в настройках другую папку
advice-free-space = Освободите место на диске
advice-support = Сохраните отчёт и отправьте его в поддержку
advice-unread = Проверьте права на реестр и файлы Mobile SMARTS и повторите
advice-on-windows = Это видно только на настоящем компьютере с Windows
advice-again = Проверьте ещё раз
advice-name = Проверьте сеть и сервер имён (DNS); если выход только через прокси, укажите его в настройках
advice-port = Разрешите его в брандмауэре: правило ниже можно скопировать
advice-proxy-port = Проверьте адрес прокси и разрешите соединение с ним
advice-answer = Проверьте адрес источника в настройках; если он верен, сообщите тем, кто ведёт источник
advice-way = Начните с первой строки, которая требует внимания: имя, порт, прокси
advice-tls = Сообщите тем, кто ведёт этот сервер или сеть. Соединение без проверки не используется
advice-tls-issuer = Если в компании проверяют защищённые соединения, укажите её сертификат в настройке ca_file. Если нет, не обновляйтесь из этой сети
advice-tls-inspected = Исключите сервер источника из проверки защищённых соединений или укажите сертификат этой программы в настройке ca_file
advice-tls-time = Сначала сверьте часы; если они верны, сообщите тем, кто ведёт этот сервер
advice-clock = Исправьте дату и время и включите их синхронизацию
advice-clock-unknown = Сверьте дату и время сами
advice-second-host = Проверьте сеть и адрес CustomUpdatePath: описания версий и сами файлы лежат на разных серверах
advice-source-address = Укажите в настройках адрес, который начинается с https://, или папку. По http источник доступен только с корнем доверия
advice-source-folder = Проверьте путь к папке, сеть и права на неё
advice-source-folder-bare = Укажите папку, в которой лежит updates

## Details of a row

menu-details = Подробнее
menu-sooner = Скачать раньше других
life-in-queue = в очереди, { $place }-я
download-all = Скачать все · { $count }
download-all-size = Скачать все · { $size }
download-all-name =
    { $count ->
        [one] Скачать { $count } обновление
        [few] Скачать { $count } обновления
       *[other] Скачать { $count } обновлений
    }
download-all-tip = Только загрузка: ставится каждое обновление отдельно и с вашего согласия
sort-title = Порядок баз
sort-name = Порядок баз: { $sort }
sort-machine = как в менеджере баз
sort-state = сначала те, что можно обновить
sort-by-name = по названию
sort-product = по продукту
sort-installed = сначала старые версии
sort-last-seen = по последнему подключению ТСД

details-name = Подробнее: { $name }
details-close = Закрыть подробности
details-versions = Версии
details-subscription = Подписка
details-replaced = Что заменит обновление
details-replaced-template = Файлы базы, которые есть в шаблоне новой версии. Какие именно и что из них меняли вручную, будет видно до установки, когда файл загружен. Перед этим база копируется.
details-replaced-wizard = Файл новой версии — мастер установки: сам он базу не меняет, а кладёт новый шаблон. Какие базы из него обновить, спросим после мастера.
details-replaced-platform = Программы платформы на этом компьютере. Пока она обновляется, базы на нём не работают.
details-replaced-updater = Файлы этой программы. Базы и платформа не меняются.
details-folder = Где лежит
details-kind-exchange = Обмен через интернет
details-kind-remote = База другого компьютера
details-kind-cloud = Облачная база
details-devices = ТСД этой базы: { $count }
details-devices-stop =
    { $count ->
        [one] После обновления остановится { $count } ТСД
       *[other] После обновления остановятся { $count } ТСД
    }
details-devices-show = Показать на вкладке «ТСД»
details-device-never = не подключался
details-more = и ещё { $count }
details-copies = Копии базы
details-copies-none = Копий этой базы нет
details-links = Ещё об этой базе
details-bases =
    { $count ->
        [one] { $count } база
        [few] { $count } базы
       *[other] { $count } баз
    }
details-what-platform = на ней работают все базы этого компьютера
details-what-updater = эта программа
details-what-group = базы с одним и тем же обновлением
details-up-to-date = Новее ничего нет
timeline-available = можно установить
timeline-blocked = вышла, установить нельзя
timeline-step = шаг на пути
timeline-covered = последняя по подписке
timeline-installed = установлена
timeline-date = вышла { $date }
timeline-more = и ещё { $count } до неё

group-tick = Обновлять вместе с группой: { $name }
group-nothing-ticked = Ни одна база не отмечена
button-update-ticked =
    { $count ->
        [one] Обновить { $count } базу…
        [few] Обновить { $count } базы…
       *[other] Обновить { $count } баз…
    }
button-update-ticked-name = Обновить отмеченные базы ({ $count }): { $name }

tip-update = Сначала загрузка; перед установкой покажем, что изменится, и спросим согласия
tip-update-size = Сначала загрузка, { $size }; перед установкой покажем, что изменится, и спросим согласия
tip-update-group = Файл загрузится один раз для всех отмеченных баз; первая из них — пробная
tip-pause = Загруженное останется, продолжить можно и завтра
tip-install = Покажем, что мешает и что будет заменено; без вашего согласия ничего не изменится
tip-notes = Все изменения после { $from } по { $version }
tip-version =
    { $count ->
        [0] Версия { $version } вышла сегодня, { $date }
        [one] Версия { $version } вышла { $date }, { $count } день назад
        [few] Версия { $version } вышла { $date }, { $count } дня назад
       *[other] Версия { $version } вышла { $date }, { $count } дней назад
    }
tip-version-date = Версия { $version } вышла { $date }
tip-version-undated = Когда вышла версия { $version }, источник не говорит
tip-covered = Все подписки, которые для этого нужны, действуют по { $until }
tip-covered-soon = Первая из нужных подписок закончится { $until }. Версии, которые выйдут позже, ставить будет нельзя
tip-covered-ended = Первая из нужных подписок закончилась { $until }, но эта версия вышла раньше, и ставить её можно
tip-no-subscription-data = Не для всех устройств известно, по какой день действует подписка. Даты указываются на вкладке «Подписки»

empty-no-match-filtered = Сейчас видны только базы с обновлениями.
empty-checking = Узнаём, что вышло…
empty-check-failed = Проверить не удалось
empty-check-again = Проверить ещё раз
empty-unchecked = Обновления ещё не проверялись
empty-unchecked-hint = У каких баз есть обновления, покажет проверка; все базы — в списке «Все».
empty-check = Проверить обновления

## Done things, said for a moment

toast-skipped = { $what } { $version }: больше не предлагается
toast-offered-again = { $what } { $version }: предлагается снова
toast-copied = Скопировано
toast-written = Сохранено: { $path }
toast-settings-saved = Настройки сохранены
toast-download-cancelled = Загрузка отменена: { $what }
toast-download-again = Скачать снова
toast-undo = Вернуть как было
toast-undo-key = Ctrl+Z
toast-open-folder = Открыть папку
toast-dismiss = Убрать сообщение

announce-check-began = Проверяем обновления
announce-check-ended = Проверка закончена. { $headline }
announce-check-failed = Проверить обновления не удалось: { $why }
announce-ready = Файл скачан и проверен: { $name }
announce-not-ready = Файл не готов: { $name }. { $why }
announce-update-began = Обновление началось: { $name }
announce-done = Готово: { $name }
announce-failed = Обновить не удалось: { $name }
announce-failed-why = Обновить не удалось: { $name }. { $why }
announce-ended = Закончено. Готово: { $done }, не получилось: { $failed }
announce-stops =
    { $count ->
        [0] Обновлению ничего не мешает
        [one] Обновлению мешает { $count } препятствие
        [few] Обновлению мешают { $count } препятствия
       *[other] Обновлению мешают { $count } препятствий
    }

# Tab «ТСД»

tab-devices = ТСД
tab-devices-count =
    { $count ->
        [one] ТСД, { $count } остановится после обновления платформы
       *[other] ТСД, { $count } остановятся после обновления платформы
    }
devices-reading = Смотрим, какие ТСД подключались…
devices-broke = Посмотреть не удалось: внутренняя ошибка. Попробуйте ещё раз
devices-none = У баз на этом ПК ещё не было ТСД
devices-none-hint = Когда к базе Mobile SMARTS подключится первый ТСД, он появится здесь: с версией приложения и с тем, подходит ли она к серверу.
devices-no-match = Таких ТСД нет
devices-no-match-hint = Измените поиск или выберите «Все»
devices-title-count =
    { $count ->
        [one] { $count } ТСД
       *[other] { $count } ТСД
    } { $bases ->
        [one] в { $bases } базе
       *[other] в { $bases } базах
    }
devices-count =
    { $count ->
       *[other] { $count } ТСД
    }
devices-none-yet = ТСД ещё не подключались
devices-fact-server = сервер { $version }
devices-fact-works =
    { $count ->
        [one] работает { $count }
       *[other] работают { $count }
    }
devices-fact-old =
    { $count ->
        [one] не подключится { $count }
       *[other] не подключатся { $count }
    }
devices-fact-unknown = неизвестно { $count }
devices-fact-broke = перечитать не удалось
devices-carried = Приложение { $version } для Windows CE/Mobile придёт с платформой при следующем обмене
devices-refresh = Посмотреть заново
devices-export = Сохранить CSV…
devices-export-title = Куда сохранить список ТСД
devices-export-name = ТСД.csv
devices-choose-title = Приложение для ТСД
devices-file-kind = Приложения Android
devices-search = Найти ТСД или базу
devices-search-name = Найти ТСД или базу
devices-filter-name = Какие ТСД
devices-filter-all = Все
devices-filter-stops = Остановятся ({ $count })
devices-filter-old = Не подключатся ({ $count })
devices-filter-not-followed = Не подтверждены ({ $count })
devices-column-device = ТСД
devices-column-app = Приложение
devices-column-works = С сервером
devices-column-offered = Что предложено
devices-column-seen = На связи
devices-list-name = ТСД базы { $name }
devices-row-name = { $device }: приложение { $app }, { $works }, { $offered }, на связи { $seen }
devices-android = Android
devices-ce = Windows CE/Mobile
devices-system-unknown = система неизвестна
devices-app-unknown = неизвестно
devices-assumed = предположительно
devices-assumed-base = Файлы ТСД версию не называют. Это версия, с которой выпущена конфигурация базы; на самом ТСД она может быть другой.
devices-assumed-platform = Файлы ТСД версию не называют. Это версия установленной платформы; на самом ТСД она может быть другой.
devices-stops = остановится
devices-matches = подходит
devices-newer = новее сервера, работает
devices-too-old = не подключится
devices-unknown = неизвестно
devices-after-update = после обновления до { $version }
devices-server = сервер { $version }
devices-staged = подготовлено { $version }
devices-by-platform = придёт с платформой при обмене
devices-by-next-platform = придёт с новой платформой
devices-carried-next = Приложение для Windows CE/Mobile придёт с новой платформой при обмене
devices-offered-nothing = ничего
devices-never-seen = неизвестно
devices-seen-days =
    { $count ->
        [one] { $count } день назад
        [few] { $count } дня назад
       *[other] { $count } дней назад
    }
devices-followed = перешёл на новую версию
devices-followed-seen = на связи после обновления
devices-not-followed = не перешёл
devices-not-seen = после обновления не показывался
devices-not-seen-days =
    { $count ->
        [one] не показывался { $count } день
        [few] не показывался { $count } дня
       *[other] не показывался { $count } дней
    }
devices-staged-unknown = проверить, что подготовлено, не удалось: папки базы нет на месте
devices-staged-nothing = ничего не подготовлено
devices-list-broken = список подготовленного versions.xml не читается, ТСД не видят ничего: { $reason }
devices-version-broken = подготовленная версия { $version } негодна: { $reason }
devices-newest = в источнике { $version }
devices-newest-not-asked = в источнике не смотрели: проверьте обновления
devices-newest-unknown = в источнике проверить не удалось: { $reason }
devices-incomplete = Список неполный: часть папок ТСД не читается
devices-banner-stops =
    { $count ->
        [one] После обновления платформы до { $version } не подключится { $count } ТСД
       *[other] После обновления платформы до { $version } не подключатся { $count } ТСД
    }
devices-banner-hint = Подготовьте подходящее приложение заранее: ТСД получат его из базы, не останавливая работу
devices-banner-staged = Подходящее приложение подготовлено: дождитесь, пока ТСД его установят, и обновляйте платформу
devices-banner-by-hand = Подходящего приложения в источнике нет. Если оно есть у вас файлом *.apk, выберите «Подготовить из файла…» в меню базы или перетащите файл сюда
devices-banner-carried = ТСД с Windows CE/Mobile возьмут приложение из новой платформы при обмене
devices-banner-not-carried = Для ТСД с Windows CE/Mobile приложения в платформе нет: обновите его на них сами
devices-banner-prepare = Подготовить приложение…
devices-banner-show = Показать
devices-banner-show-waiting = Показать, чей переход не подтверждён
devices-banner-followed = После обновления платформы перешли { $done } из { $all } ТСД
devices-banner-seen =
    { $count ->
        [one] ещё { $count } был на связи, версия приложения неизвестна
       *[other] ещё { $count } были на связи, версия приложения неизвестна
    }
devices-banner-waiting = Ждём: { $names }
devices-more = ещё { $count }
devices-prepare = Подготовить для ТСД…
devices-prepare-name = Подготовить приложение для ТСД базы { $name }
devices-menu-file = Подготовить из файла…
devices-menu-undo = Вернуть как было…
devices-menu-folder = Открыть папку с приложением
devices-menu-page = Страница приложения
devices-menu-store = Магазин приложений
devices-menu-ways = Как ТСД обновляется сам…
devices-menu-subscription = Показать подписку
devices-app-none = В источнике нет приложения новее того, что на ТСД
devices-app-file-next = Если у вас есть файл *.apk, выберите «Подготовить из файла…» в меню базы
app-title = Приложение для ТСД
app-title-version = Приложение для ТСД { $version }
app-looking = Ищем приложение в источнике…
app-downloading = Скачиваем приложение
app-code = код версии { $code }
app-released = от { $date }
app-bases = Для ТСД каких баз подготовить
app-was-staged = сейчас подготовлено { $version }
app-is-there = уже подготовлено { $version }
app-left-elsewhere = Для других баз ({ $bases }) приложение лежит в другом месте источника: подготовьте его следом, отдельно
app-left-gone = Нельзя подготовить, пока папки базы нет на месте: { $bases }
app-all-prepared = Готовить нечего: для всех ТСД, которые остановились бы, приложение уже подготовлено
app-none-fit = В источнике нет приложения, которое работает с новой платформой
app-older = Старые версии
app-older-keep = Оставить
app-older-keep-hint = ТСД возьмут самую новую, старые останутся в папке базы
app-older-remove = Убрать
app-older-remove-hint = Их можно будет вернуть, пока не подготовлена следующая версия
app-consent = Понимаю: подлинность этого файла ничем не доказана. Подготовить всё равно
app-confirm = Подготовить
app-again = Попробовать ещё раз
app-stop = Остановить
app-why-misfit = Для одной из отмеченных баз приложение не годится
app-why-there = Это приложение уже подготовлено
app-begins = Готовим…
app-copying = Копируем в базу { $base }
app-listing = Показываем ТСД базы { $base }
app-listing-hint = теперь уже не остановить
app-result-staged = { $name }: ТСД будет предложено { $version }
app-result-there = { $name }: { $version } уже была подготовлена
app-result-list-kept = Прежний список не читался, он сохранён: { $path }
app-result-unstaged = { $name }: подготовка { $version } отменена
app-result-failed = { $name }: { $why }
app-result-stopped = { $name }: остановлено, ТСД видят то же, что раньше
app-result-not-permitted = { $name }: разрешение не получено, ничего не изменено
app-result-not-started = { $name }: не начинали
app-drop = Отпустите, чтобы подготовить приложение для ТСД
unstage-title = Вернуть как было?
unstage-text = { $name }: подготовка приложения { $version } будет отменена.
unstage-hint = На ТСД, которые его уже установили, ничего не изменится. Версии, которые при этом убрали, вернутся.
unstage-confirm = Вернуть как было
ways-title = Как ТСД обновляется сам
ways-check = Проверить обновления на ТСД
ways-check-text = В приложении на ТСД есть «Проверить обновления». Если приложение подготовлено в базе, ТСД возьмёт его оттуда, без интернета.
ways-exchange = При обмене с сервером
ways-exchange-text = ТСД с Windows CE/Mobile спрашивает о новой версии при каждом обмене: она приходит вместе с платформой. ТСД с Android видит версию, подготовленную в базе.
ways-site = С сайта или из магазина
ways-site-none = Приложение для Android можно скачать на ТСД с сайта или установить из магазина приложений. Описание продукта этой базы ссылок не даёт.
ways-site-text = Приложение для Android можно скачать на ТСД с его страницы или установить из магазина приложений. Ссылки даёт описание продукта.
toast-app-staged = Для ТСД подготовлено { $version }: { $bases }
toast-app-unstaged = Подготовка { $version } отменена: { $bases }
leave-staging = Приложение для ТСД ещё готовится. Окно закроется, когда это закончится.
sheet-prepare-app = Подготовить приложение на ТСД…

keys-title = Клавиши
keys-tabs = Ctrl+1 | … | Ctrl+6
keys-tabs-what = открыть раздел
keys-check = F5
keys-check-what = проверить обновления; в «ТСД», «Истории» и «Диагностике» — посмотреть заново
keys-find = Ctrl+F
keys-find-what = найти базу, устройство или запись
keys-next = Tab | Shift+Tab
keys-next-what = к следующей кнопке или обратно
keys-press = Enter | Пробел
keys-press-what = нажать; на строке списка Enter открывает подробности
keys-menu = Пробел | Shift+F10
keys-menu-what = меню строки
keys-fold = → | ←
keys-fold-what = раскрыть и свернуть группу баз
keys-arrows = ← | → | ↑ | ↓
keys-arrows-what = выбрать раздел, вариант или строку
keys-scroll = Page Up | Page Down
keys-scroll-what = листать, Home и End — в начало и в конец
keys-escape = Esc
keys-escape-what = закрыть окно или меню, очистить поиск
keys-save = Ctrl+S
keys-save-what = сохранить настройки
keys-undo = Ctrl+Z
keys-undo-what = вернуть как было, пока видно сообщение
keys-zoom = Ctrl+«+» | Ctrl+«−» | Ctrl+0
keys-zoom-what = крупнее, мельче, как обычно
keys-help = F1
keys-help-what = этот список

# Devices: words

app-not-a-package = файл не похож на приложение для Android (.apk)
app-no-manifest = в файле нет AndroidManifest.xml: это не приложение для Android
app-manifest = описание внутри приложения не читается
app-no-version = приложение не называет своей версии
app-not-listed = версии { $version } в источнике нет
app-nothing-new = в источнике нет приложения новее того, что на ТСД
app-next-file = Если файл приложения у вас есть, подготовьте его сами: ключ --file или вкладка «ТСД»
app-places = эти базы берут приложение из разных мест источника
app-next-places = Подготовьте приложение для каждой базы отдельно
app-next-consent = Готовьте его, только если знаете, откуда файл. На это нужно отдельное согласие: в командной строке ключ --accept-unproved
app-remark-already-there = это приложение уже подготовлено
app-remark-other-file = версия { $version } уже подготовлена, но файл там другой: этот его заменит. ТСД, на которых она уже стоит, обновление предложено не будет
app-remark-code-not-above = Android не примет его как обновление: код версии { $found }, а у подготовленного { $staged }
app-remark-too-old = с сервером { $server } оно не подключится: первые два числа его версии меньше
app-remark-above = оно новее сервера { $server }: подключится, но расхождение версий попадёт в журнал
app-remark-broken-list = список версий в базе не читается, и ТСД сейчас ничего не предлагается. Он сохранится рядом с новым
app-remark-unusable = версию { $version } из списка ТСД получить не могут: { $reason }
app-remark-no-version-name = в самом файле версия не указана; проверьте, что он тот
app-unusable-description = описание { $path } не годится: { $reason }
app-unusable-no-file = описание { $path } не называет файл приложения
app-unusable-missing = нет файла { $path }
app-unusable-elsewhere = описание указывает на файл вне этой папки
app-unusable-package = { $path } — не приложение для Android, или файл не читается
app-misfit-other = это другое приложение: { $found }, а для ТСД этой базы подготовлено { $staged }
app-misfit-lower = подготовлена более высокая версия { $staged }: ТСД и дальше предлагалась бы она, а не { $found }
app-misfit-version = файл называет себя версией { $found }, а не { $expected }
app-offered = ТСД с приложением более старой версии будет предложено обновление { $version }
app-offered-from = ТСД с приложением { $from } будет предложено обновление { $version }
app-offered-text = { $who }: «{ $text }»
staging-as-before = ТСД предлагается то же, что и раньше
staging-changed = То, что предлагается ТСД, изменилось; сама база не тронута
staging-old-or-new = ТСД предлагается или то же, что раньше, или новое приложение целиком
staging-broke-off = подготовка оборвалась: программа с правами администратора закрылась раньше времени
staging-not-agreed = задание на подготовку приложения не принято
staging-in-the-way = вместо папки там ссылка или файл: { $path }
staging-not-offered = ТСД прочитали бы записанное иначе
staging-gone = прежней версии, которую нужно вернуть, больше нет: { $path }
staging-taken = на месте прежней версии, которую нужно вернуть, уже лежит другое: { $path }
staging-since = с тех пор подготовлена другая версия, { $version }
staging-unbelieved = запись о том, что было подготовлено, повреждена, или её могли изменить посторонние: { $path }
staging-nothing-to-undo = отменять нечего: для ТСД этой базы ничего не подготовлено этой программой, или это уже отменено
staging-edited = с тех пор это изменил кто-то другой: { $path }
staging-next-again = Повторите: сначала будет улажено то, что осталось
staging-next-gone = Если нужна прежняя версия, подготовьте её заново: с сайта или из файла
staging-next-taken = Если лежащее там не нужно, уберите его и повторите
staging-next-since = Посмотрите на вкладке «ТСД», что подготовлено сейчас
staging-next-unbelieved = Отменить по ней ничего нельзя. Подготовьте нужное приложение заново: запись будет отложена, а вместо неё появится новая
staging-next-changed-now = Посмотрите на вкладке «ТСД», что предлагается, и повторите: сначала будет улажено то, что осталось
staging-next-other-app = Возьмите то приложение, которое стоит на этих ТСД. Если меняете его намеренно, сначала уберите прежнее из папки Update\Android базы
staging-next-lower = Если нужна эта версия, сначала отмените подготовку той, что выше
staging-next-in-the-way = Уберите это из папки базы и повторите
staging-next-not-offered = Посмотрите, что лежит в папке Update\Android базы, и повторите
staging-next-edited = Посмотрите, что изменено: чужие изменения программа не отменяет и не заменяет. Если они не нужны, верните файл к прежнему виду и повторите

## smarts devices

cli-devices-device = ТСД
cli-devices-app = Приложение
cli-devices-now = С сервером
cli-devices-next = После обновления
cli-devices-offered = Предлагается
cli-devices-seen = На связи
cli-devices-followed = После прошлого обновления
cli-devices-system = Система
cli-devices-assumed = { $version } (предположительно)
cli-devices-matches = работает
cli-devices-newer = работает, новее сервера
cli-devices-too-old = не подключится
cli-devices-by-base = { $version }, из папки базы
cli-devices-by-platform = { $version }, с платформой
cli-devices-followed-yes = приложение обновлено
cli-devices-followed-seen = был на связи
cli-devices-followed-no = приложение старое
cli-devices-followed-not-seen = ещё не появлялся
cli-devices-server = Сервер: платформа Mobile SMARTS { $server }
cli-devices-server-next = Сервер: платформа Mobile SMARTS { $server }; в источнике { $next }
cli-devices-no-server = Сервер: платформа Mobile SMARTS не найдена
cli-devices-carried = С платформой приходит приложение для Windows CE и Windows Mobile { $version } (предположительно): { $dir }
cli-devices-none = К базам Mobile SMARTS на этом компьютере ТСД ещё не подключались
cli-devices-base = База Mobile SMARTS «{ $name }» ({ $id })
cli-devices-base-none = ТСД ещё не подключались
cli-devices-incomplete = Список неполный: часть папок ТСД не читается
cli-devices-stopping =
    { $count ->
        [one] После обновления платформы { $count } ТСД не сможет подключиться, пока на нём не обновят приложение
        [few] После обновления платформы { $count } ТСД не смогут подключиться, пока на них не обновят приложение
       *[other] После обновления платформы { $count } ТСД не смогут подключиться, пока на них не обновят приложение
    }
cli-devices-list-broken = Подготовлено: неизвестно, список версий в папке базы не читается, и ТСД ничего не предлагается
cli-devices-staged = Подготовлено: { $version } ({ $file }, { $size })
cli-devices-nothing-staged = Подготовлено: ничего
cli-devices-can-undo = Вернуть как было: smarts devices undo { $id }
cli-devices-newest = В источнике: { $version }
cli-devices-newest-date = В источнике: { $version } от { $date }
cli-devices-newest-none = В источнике: ничего новее того, что на ТСД
cli-devices-newest-not-asked = В источнике: не смотрели (smarts check)
cli-devices-newest-unknown = В источнике: узнать не удалось ({ $reason })
cli-devices-ways = ТСД обновляется и сам: кнопкой «Проверить обновления» в приложении, с сайта или из магазина приложений. ТСД с Windows CE и Windows Mobile спрашивает о новой версии при каждом обмене с сервером.
cli-devices-link-update = Страница приложения: { $link }
cli-devices-link-store = Магазин приложений: { $link }
cli-devices-unlisted = папки нет в списке версий, поэтому ТСД её не видят
cli-devices-package = Приложение для ТСД: { $package } { $version } (код { $code }), { $size }
cli-devices-proof = Подлинность: { $proof }
cli-devices-goal = База Mobile SMARTS «{ $name }», ТСД: { $count }; сейчас ничего не подготовлено
cli-devices-goal-former = База Mobile SMARTS «{ $name }», ТСД: { $count }; сейчас подготовлено { $former }
cli-devices-confirm =
    { $count ->
        [one] Подготовить для ТСД { $count } базы?
       *[other] Подготовить для ТСД { $count } баз?
    }
cli-devices-confirm-unproved = Подлинность приложения не доказана. Подготовить всё равно?
cli-devices-declined = Отменено, ТСД предлагается то же, что и раньше
cli-devices-there = { $name }: { $version } уже подготовлена.
cli-devices-done = { $name }: { $version } подготовлена.
cli-devices-removed = Прежние версии убраны: { $versions }
cli-devices-list-kept = Прежний список, который не читался, сохранён: { $path }
cli-devices-undo = База Mobile SMARTS «{ $name }»: будет отменена подготовка { $version } ({ $when }, { $user })
cli-devices-undo-back = Вернутся прежние версии: { $versions }
cli-devices-confirm-undo =
    { $count ->
        [one] Вернуть как было для { $count } базы?
       *[other] Вернуть как было для { $count } баз?
    }
cli-devices-undone = { $name }: подготовка { $version } отменена, ТСД снова предлагается { $offered }
cli-devices-undone-nothing = { $name }: подготовка { $version } отменена, для ТСД ничего не подготовлено

# Devices: points of the sheet
stopping = { $what }: { $names }
stopping-some-staged = { $what }: { $names }; для { $count } из них приложение уже подготовлено
stopping-all-staged =
    { $count ->
        [one] { $what }: { $names }; приложение для него уже подготовлено
       *[other] { $what }: { $names }; приложение для них уже подготовлено
    }
hint-stopping = подготовьте приложение на вкладке «ТСД» или командой smarts devices stage и обновите ТСД раньше платформы: с нынешней новое приложение тоже работает
hint-stopping-these = подготовьте приложение для { $names } на вкладке «ТСД» или командой smarts devices stage и обновите ТСД раньше платформы: с нынешней новое приложение тоже работает
hint-stopping-some = подготовьте приложение и для остальных ({ $names }) на вкладке «ТСД» или командой smarts devices stage и обновите ТСД раньше платформы: с нынешней новое приложение тоже работает
hint-stopping-staged = обновите ТСД раньше платформы: с нынешней подготовленное приложение тоже работает
hint-stopping-by-hand = для ТСД на Windows CE и Windows Mobile платформа приложения не приносит, его обновите на них сами: { $names }
hint-stopping-platform = ТСД на Windows CE и Windows Mobile возьмут приложение из новой платформы при следующем обмене
