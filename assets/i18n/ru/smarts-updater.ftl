app-name = Обновления Mobile SMARTS
