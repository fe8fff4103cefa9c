app-name = Mobile SMARTS updates
