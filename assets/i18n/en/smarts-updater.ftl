app-name = Mobile SMARTS updates

### Numbers, dates, ages

size-bytes = { $value } B
size-kib = { $value } KB
size-mib = { $value } MB
size-gib = { $value } GB
size-of-total = { $done } of { $total }
speed = { $size }/s
duration-seconds = { $count } s
duration-minutes = { $count } min
duration-hours = { $count } h
time-left = { $duration } left
moment-today = today at { $time }
moment-yesterday = yesterday at { $time }
moment-date = { $date } at { $time }
moment-days-ago =
    { $date } at { $time } ({ $count ->
        [one] { $count } day ago
       *[other] { $count } days ago
    })

### What is wrong with a base, a file, a source

damage-duplicate-id = two bases have the id { $id }
damage-bad-folder = the list of bases names an unusable folder: { $folder }
damage-drive-missing = drive { $drive }: is not there
damage-folder-missing = the folder of the base is not there
damage-folder-unreadable = the folder of the base cannot be opened: { $detail }
damage-no-version = AppDescription.xml states no version
damage-bad-version = AppDescription.xml states an unusable version: { $error }
file-missing = { $file } is not there
file-unreadable = { $file } cannot be read: { $detail }
file-too-large = { $file } is larger than { $limit }
file-encoding = { $file } is not text in { $encoding }
file-not-xml = { $file } is damaged in line { $line }
file-wrong-root = { $file } is another file: <{ $found }> in place of <{ $expected }>
file-not-registry = { $file } is not a registry export: { $detail }
version-empty = empty
version-too-long = too long
version-not-one = “{ $text }”
source-not-found = the source has no such file
source-connection = no connection to { $host }
source-tls = the identity of { $host } is not confirmed
source-timeout = { $host } does not answer
source-status = { $host } answered with error { $status }
source-redirect = { $host } redirects to an address that is not allowed: { $target }
source-too-large = the answer is larger than { $limit }
source-folder = the folder of the source cannot be read: { $detail }
source-unsigned = a trusted root (root.json) is installed on this PC, and the source is not signed: nothing of it is used
source-untrusted = the signature of the source is not confirmed: somebody may have changed its files, and nothing of it is used
source-older = this is older than what this PC has seen already: version { $found } instead of { $seen } ({ $role }). Nothing of it is used
source-expired = the signature of the source was valid until { $since }, and today is { $now }: whether there is something newer cannot be seen from here. If the date of this PC is wrong, put it right
source-expired-clock = the signature of the source was valid until { $since }. The clock of this PC says { $clock }, but it is { $now } at least: whether there is something newer cannot be seen from here. Put the date of this PC right
source-missing = the source lacks { $path }, which is signed
source-not-signed = { $path } is not signed and therefore not used
source-signed-anew = { $path } has been signed anew since the check: check for updates once more
source-root = the trusted root (root.json) on this PC is unusable
source-store = { $path } cannot be read or written: { $detail }
source-clock-behind = the clock of this PC says { $now }, and it is { $least } at least: put the date right
catalogue-version = { $element }: unusable version, { $error }
catalogue-duplicate = version { $version } is listed twice
catalogue-other-version = description of version { $found } in place of { $expected }
catalogue-value = { $element }: value not understood, “{ $text }”
catalogue-path = { $element }: path not allowed, “{ $text }”
catalogue-address = the file lies at an address that is not allowed: { $address }
unknown-incomplete-list = the list of versions was read only in part and may name a newer one
unknown-unsafe-feed = the base names a folder of updates that is not allowed: { $path }
unknown-no-feed = the base does not say which product it is
not-managed-cloud = updated in the web account
not-managed-remote = updated on the computer that runs its server
not-managed-damaged = Cannot be updated: { $reason }
not-managed-switched-off = the check is switched off in common.config
block-no-file = no file has been published for version { $version }
warning-needs-platform = needs platform { $minimum } or newer
warning-needs-platform-available = needs platform { $minimum } or newer; { $available } is out
warning-devices-stop =
    { $count ->
        [one] { $count } device will not connect until its app is updated
       *[other] { $count } devices will not connect until their app is updated
    }
warning-devices-may-stop =
    { $count ->
        [one] { $count } device will presumably not connect until its app is updated
       *[other] { $count } devices will presumably not connect until their app is updated
    }
warning-unreachable = { $version } is out too, but cannot be installed over the present version

### Header

tab-updates = Updates
tab-updates-count =
    { $count ->
        [one] Updates, { $count } new
       *[other] Updates, { $count } new
    }
check-now = Check now
check-running = Checking…
check-running-count = Checking… { $done } of { $total }
headline-never-checked = Updates have not been checked yet
headline-nothing-known = Could not find out about updates
headline-checking-first = Finding out what is new
headline-platform = A new platform is out
headline-bases =
    { $count ->
        [1] An update for 1 base
        [one] Updates for { $count } base
       *[other] Updates for { $count } bases
    }
headline-platform-and-bases =
    { $count ->
        [1] A new platform and an update for 1 base
        [one] A new platform and updates for { $count } base
       *[other] A new platform and updates for { $count } bases
    }
headline-only-blocked = Updates are out, but cannot be installed yet
headline-incomplete = Not everything could be checked
headline-up-to-date = No updates
headline-up-to-date-then = No updates as of { $date }
headline-nothing-managed = Nothing is updated here
status-checked = checked { $when }
status-unknown =
    { $count ->
        [one] could not be checked: { $count }
       *[other] could not be checked: { $count }
    }
status-source = { $source }, { $trust }
check-failed = The check failed.
check-failed-known = { $reason }. Shown is what was known { $when }.
check-failed-nothing = { $reason }. What is new is not known.
check-again = Try again

### Platform

platform-name = Mobile SMARTS platform
platform-missing = No Mobile SMARTS platform was found on this computer
platform-missing-hint = updates of bases are checked without it too
platform-up-to-date = no updates
which-devices = Which devices
devices-title = Devices whose app needs an update
devices-hint = Until their app is updated, these devices cannot work with the new platform.
devices-hint-assumed = The files of a device do not always state its app’s version. It is then taken from the description of the base, or assumed to be the platform’s; the devices themselves may differ.

### List of bases

bases-title = Mobile SMARTS bases
bases-here =
    { $count ->
        [one] { $count } on this computer
       *[other] { $count } on this computer
    }
bases-remote =
    { $count ->
        [one] { $count } on another
       *[other] { $count } on others
    }
bases-cloud =
    { $count ->
        [one] { $count } in the cloud
       *[other] { $count } in the cloud
    }
bases-found =
    { $count ->
        [one] { $count } found
       *[other] { $count } found
    }
filter-name = Which bases to show
filter-all = All
filter-with-updates = With updates
search-hint = Find a base…
search-name = Find a base
search-clear = Clear the search
list-name = List of bases
empty-no-bases = There are no Mobile SMARTS bases on this computer
empty-no-bases-hint = They appear here as soon as they are created in the base manager.
empty-no-match = Nothing found
empty-no-match-hint = The search looks at names, products and folders.
empty-no-updates = No bases with updates
empty-no-known-updates = No updates known
empty-no-updates-hint = The other bases are under “All”.
empty-loading = Reading the list of bases…
show-all = Show all

### Row of a base

product-exchange = { $product } · Internet exchange
row-not-checked = updates not checked yet
row-up-to-date = no updates
row-first-connection = first connection of a device: { $time }
row-unknown = could not be checked: { $reason }
row-steps =
    { $count ->
        [2] in two steps: { $steps }
        [3] in three steps: { $steps }
        [4] in four steps: { $steps }
       *[other] { $count } steps: { $steps }
    }
row-came-out = { $version } is out
row-damaged-works = whether the base itself works cannot be seen from here
chip-no-subscription-data = Subscription: no data
chip-covered = Covered by subscription
chip-cloud = Cloud
chip-remote = Other computer
chip-off = Switched off
group-title =
    { $count ->
        [one] { $product } — { $count } base
       *[other] { $product } — { $count } bases
    }
group-names = { $names } and { $more } more
group-one-download = one download
group-one-download-size = one download, { $size }
group-unfold = Show bases: { $name }
group-fold = Hide bases: { $name }

### Buttons of a row; the second is the name for screen readers

button-update = Update…
button-update-name = Update base { $name }
button-update-platform-name = Update the platform
button-prepare = Prepare…
button-prepare-name = Prepare the platform update
button-update-group = Update bases…
button-update-group-name = Update bases: { $name }
button-install = Install…
button-install-name = Install the update: { $name }
button-pause = Pause
button-pause-name = Pause the download: { $name }
button-resume = Continue
button-resume-name = Continue the download: { $name }
button-cancel-name = Cancel the download: { $name }
button-stop = Stop
button-stop-name = Stop the update: { $name }
button-retry = Try again…
button-retry-name = Try the update again: { $name }
button-dismiss-name = Remove the message: { $name }
link-notes = What’s new
link-notes-name = What’s new: { $name }
link-details = Details
link-details-name = Details: { $name }
link-left = What to do
link-left-name = What to do: { $name }
button-open-folder = Open folder
button-open-folder-name = Open the folder of base { $name }
menu-name = More: { $name }
menu-open-folder = Open the folder of the base
menu-history = History of this base
menu-notes-page = Page with release notes
menu-support-page = Support page
menu-downloads = Open “Downloads” on the site

### Life of an update

life-queued = waiting to download
life-paused = download paused, { $amount }
fetch-with-former = the installer of the former platform { $version } is downloaded as well, for going back
life-verifying = checking the file
life-waiting = waits until “{ $pilot }” is updated
life-preparing = preparing the update
life-permission = Waiting for permission from Windows
life-permission-hint = its window may be below other windows
life-copying = copying and checking the base, { $amount }
life-copying-hint = nothing is changed yet
life-replacing = replacing files, { $done } of { $total }
life-replacing-hint = please keep the computer on
life-installer = The installer is open
life-installer-hint = answer its questions; its window may be below other windows
life-restoring = putting the base back from its copy
life-reading = reading the version back
life-stopping-server = stopping the base's data server
life-starting-server = starting the base's data server and waiting for its answer
life-done = Updated to { $version } at { $time }
life-done-works = Updated to { $version } at { $time }, { $works }
works-answers = works: the data server answers
works-started = the data server is running
works-not-answering = but the data server does not answer at port { $port }
works-not-started = but the data server does not start (service “{ $service }”)
works-not-running = the data server had been stopped before, too
works-unreadable = but the base cannot be read any more
next-look-at-server = Open the base manager and look at the data server; if it does not come up, go back to the former version
next-start-server = Start the service “{ $service }” in Services; if it does not start, go back to the former version
next-stop-server = Stop the service “{ $service }” in Services, or ask the administrator of this computer, then try again
life-done-left = left to do: { $what }
life-done-nothing-left = the version was read from the base itself
life-done-platform = the version was read on this computer
left-processing = load the new processing into 1C
left-devices =
    { $count ->
        [one] update the app on { $count } device
       *[other] update the app on { $count } devices
    }
left-restart = restart the computer
failed-works = Work can go on.
failed-broken = Work cannot go on yet.
failed-download = download failed: { $reason }

### What's new

notes-title = What’s new: { $name }
notes-version = Version { $version }
notes-version-date = Version { $version } · { $date }
notes-empty = No description
notes-copy = Copy
notes-open-question = Open this page in the browser?
notes-open = Open
notes-stay = Do not open
close = Close

### Sheet before an update

sheet-title-base = Update base “{ $name }”?
sheet-title-bases =
    { $count ->
        [one] Update { $count } base?
       *[other] Update { $count } bases?
    }
sheet-title-platform = Update the Mobile SMARTS platform?
sheet-subtitle = { $product }: { $from } → { $to } · { $proof } · nothing is changed yet
sheet-subtitle-unlooked = { $product }: { $from } → { $to } · nothing is changed yet
sheet-version-none = none
sheet-looking = Looking at what will change…
sheet-stops = In the way
sheet-attention = Please note
sheet-fine = In order
sheet-replaced =
    { $count ->
        [one] { $count } file will be replaced
       *[other] { $count } files will be replaced
    }
sheet-replaced-first =
    { $count ->
        [one] { $count } file will be replaced in the first step
       *[other] { $count } files will be replaced in the first step
    }
sheet-replaced-unknown = There is no telling what will be replaced
sheet-wizard-after = The wizard does not change the bases: when it closes, you are asked which of them to update.
life-done-restart = { $version } is installed and takes effect after a restart
problems-title = What could not be read
problems-hint = What was not read is not accounted for in the list.
status-problems = not everything was read: { $count }
link-problems = Details
link-problems-name = Details of what could not be read
sheet-replaced-nothing = No files are replaced
sheet-folder-files =
    { $count ->
        [one] { $path } · { $count } file
       *[other] { $path } · { $count } files
    }
sheet-removed = removed
sheet-changed = changed by hand
sheet-changed-files = { $count } changed by hand
sheet-show-differences = Show the differences
differences-title = What was changed by hand
differences-subtitle = Base “{ $name }”. “−” is there now and will be replaced, “+” comes with the update. What is there now stays in the copy of the base.
differences-looking = Comparing…
differences-back = Back
sheet-stays = Kept: documents of devices, settings, licences
sheet-copy = Copy of the base
sheet-copies = Copies of the bases
sheet-copy-text = { $size }, made and checked before the update in { $folder }. If anything goes wrong, the base is put back from it by itself.
sheet-copies-text = { $size }, made and checked before the update in { $folder }. If anything goes wrong, a base is put back from its copy by itself.
sheet-older =
    { $count ->
        [one] Delete { $count } old copy after the update: there are more copies than the settings say
       *[other] Delete { $count } old copies after the update: there are more copies than the settings say
    }
sheet-bases = Which bases to update
sheet-pilot = first: it shows whether all is well
sheet-pilot-hint = Bases are updated one after another. If one does not succeed, the rest is not touched.
sheet-installer = What will happen
sheet-installer-text = The installer { $file } opens. It asks its own questions and for permission; it installs nothing by itself.
sheet-installer-stop = While the platform is updated, the bases on this computer do not work.
sheet-installer-after = When it closes, we read the version again and show what came of it.
sheet-consent = I understand that nothing proves this file. Install it all the same
sheet-cancel = Cancel
sheet-confirm = Copy and update
sheet-platform-first = Platform first
sheet-confirm-without = Continue without it
sheet-confirm-installer = Open the installer
sheet-remind-today = Remind me at { $time }
sheet-remind = Remind me { $when }
reminder-set = you will be reminded { $when }
sheet-why-looking = Looking at what will change…
sheet-why-unknown = Could not find out what will change; looking again
sheet-why-nothing = Tick at least one base
sheet-why-stop = The update can start as soon as nothing is in the way
sheet-why-consent = The consent above is needed
sheet-why-busy = Please wait for the other update to end

### Begun and not finished

waiting-title = An update was begun { $when } ({ $user }) and not finished
waiting-title-unknown = An update was begun and not finished
waiting-go-on = Continue…
waiting-go-on-bases =
    { $count ->
        [one] Continue: { $count } base left…
       *[other] Continue: { $count } bases left…
    }
waiting-abandon = Give it up…
abandon-title = Give up the update that was begun?
abandon-who = Agreed to { $when } ({ $user })
abandon-left = Not to be updated:
abandon-part = { $name } — to { $version }
abandon-rest = The rest of this plan will not be updated
abandon-done = What has been updated stays updated
abandon-confirm = Give up the rest
abandon-keep = Keep it
abandon-failed = It was not given up
abandon-not-permitted = no permission of an administrator was given, so the plan is as it was
abandon-not-done = the plan is as it was ({ $reason })

### After a wizard

wizard-title = A new template is installed: { $product } { $version }
wizard-text = The bases themselves are unchanged so far. Which of them should be updated?
wizard-confirm = Prepare the update…
wizard-later = Not now

### Details of a failure, and what is left to do

failure-title = The update failed: { $name }
failure-title-download = The download failed: { $name }
failure-what = What happened
failure-kept = What is kept
failure-next = What to do
failure-detail = For support
failure-copy = Copy
left-title = Left to do: { $name }
left-processing-text = Load the processing from the folder of the updated base into 1C: the former one may not work with the new version.
left-devices-text =
    { $count ->
        [one] Update the app on { $count } device: with the former version it may not connect to the base.
       *[other] Update the app on { $count } devices: with the former version they may not connect to the base.
    }
left-restart-text = Restart the computer: until then some files stay as they were.

### Closing the window

leave-title = Close the window?
leave-download = A download is under way. What has arrived is kept; press “Continue” next time.
leave-apply = An update is under way. The window can close when it has ended: it must not be interrupted.
leave-stay = Stay
leave-now = Close
leave-when-done = Close when it has ended
leave-will-close = The window closes when the update has ended

### The command line

source-unopened = the source cannot be opened
unknown-unread = { $version } is out, but its description cannot be read
machine-platform-version = the registry states an unusable platform version: { $error }
machine-base-without-id = entry { $position } of the list of bases has no id
machine-no-settings = settings.xml is not there; taken for a local base
machine-optional-version = { $name } is left out: unusable version { $error }
machine-devices = the list of devices cannot be read: { $detail }
machine-custom-update-path = the address in CustomUpdatePath is not used: others than administrators may have written it ({ $address })
ask-yes-no = [yes/no]
cli-today-needs-machine-root = --today works with --machine-root only
cli-unknown-setting = settings.toml has a key that means nothing here and is left out: { $key }
cli-unknown-id = No base has the id “{ $id }”. The command smarts list shows the ids
cli-unknown-id-damaged = Two bases have the id { $id }; put the list of bases right
cli-version = This is not a version: { $error }
cli-no-such-version = “{ $name }” has no release { $version } that goes over the installed version
cli-nothing-new = { $name }: nothing new
cli-blocked = { $name }: { $reason }
cli-not-managed = { $name }: { $reason }
cli-unknown = { $name }: could not be checked, { $reason }
cli-check-failed = Could not check: { $reason }
cli-confirm-bases =
    { $count ->
        [one] Copy and update { $count } base?
       *[other] Copy and update { $count } bases?
    }
cli-confirm-installer = Open the installer?
cli-confirm-unproved = Nothing proves the file. Install it all the same?
cli-cancelled = The installation was cancelled
cli-declined = Cancelled, the installation was not begun
cli-working = Copying and updating…
cli-done = { $name }: updated to { $version }
cli-done-works = { $name }: updated to { $version }, { $works }
cli-done-reboot = { $name }: { $version } takes effect after a restart of the PC
cli-not-started = { $name }: not begun
cli-early = Before the download: { $name }
cli-bases = Bases, in this order: { $names }
cli-wizard-found = A new template is installed: { $product } { $version }. Update bases with it:
cli-wizard-nothing = The wizard has closed and left no newer template
cli-no-base-for-template = This PC has no base that this template would update: { $product } { $version }
cli-install-not-for-base = This file does not update the base "{ $name }"; leave its --base out of the command
cli-install-many = Template { $product } { $version } goes with several bases; name those wanted with --base
list-platform = Mobile SMARTS platform { $version }
bases-unread = The list of Mobile SMARTS bases cannot be read
list-platform-unread = Could not find out which Mobile SMARTS platform is here
list-no-platform = No Mobile SMARTS platform found
list-no-bases = No Mobile SMARTS bases
list-base = Mobile SMARTS base
list-product = Product
list-version = Version
list-kind = Kind
list-id = Id
list-problems = Could not be read:
kind-local = local
kind-internet-exchange = exchange over the Internet
kind-remote = on another PC
kind-cloud = cloud
kind-damaged = damaged
check-installed = Installed
check-available = Available
check-released = Released
check-nothing-installed = No Mobile SMARTS found on this PC
history-time = When
history-user = Who
history-name = What
history-from = From
history-to = To
history-result = Result
history-empty = Nothing has been updated with this program yet
history-skipped =
    { $count ->
        [one] { $count } line of the journal was not read
       *[other] { $count } lines of the journal were not read
    }
history-unreadable = the journal cannot be read: { $path } ({ $reason })
history-unwritten = this did not get into the journal { $path } ({ $reason })
history-begun = begun and not ended
history-updated = updated
history-failed = failed
history-undone = failed, put back
history-superseded = cut off; the base was changed without this program since and is left as it is
history-not-undone = failed, not put back
history-wizard = wizard has run
history-reboot = waits for a restart
history-cancelled = stopped by the person
history-written-off = device written off, counts no more
history-app-staged = app for mobile devices staged
history-app-unstaged = staging of the app for mobile devices undone
history-counted-again = device counts again
history-installed = installed
history-removed = removed
history-configured = repaired or set up otherwise
history-patched = patched
history-noted = recorded by another version of this program
history-information = Information
history-warning = Warning
history-error = Error
history-level = Level
history-source = Source
history-event = Event ID
history-events = Joined events
history-category = Category
history-no-category = None
history-computer = Computer
history-account = Account
history-holders = Files were held by
history-detail = Details
history-none = There is nothing like that
history-damage = Not read of the event log: { $records } records, { $chunks } chunks
history-cut = These are the latest { $count }; there are older ones
cli-history-computers = These records are of several computers: { $names }. Whose a record is stands in the column "Computer"
history-no-log = the event log of Windows cannot be used, so only what this program recorded is shown ({ $reason })
history-evtx-unreadable = the event log { $path } cannot be read ({ $reason })
history-evtx-other = this is not an exported event log: { $path }
history-evtx-large = the event log is larger than 4 GB, as Windows keeps none: { $path }
demo-install-question = Install the demo's version { $version }?
demo-install-title = Install { $version }
demo-install-text = This is the demo's installer. It changes nothing but the made PC in the folder { $folder }.
demo-install-yes = Install
session-machine-root = The folder that stands for the PC cannot be opened: { $reason }
session-settings = The settings cannot be read: { $reason }
session-other = Could not start: { $reason }
notice-body = Nothing installs itself.
no-display = There is no screen to open a window on. On the command line smarts does the same: smarts list, smarts check, smarts update.
no-display-demo = There is no screen to open a window on. The same without a screen: smarts --demo check

### Downloading and proving a file

check-not-kept = the result of the check was not kept: { $reason }
source-empty = the address of the source is empty
source-scheme = a source is an https address or a folder, not { $scheme }://
source-plain-http = a source must be reached by https: { $address }
source-address = the address of the source is not understood ({ $reason })
source-query = the address of the source must have no question mark: { $address }
source-trusted-root = the trusted root { $path } cannot be read, or others than administrators may write it, so no source is used ({ $reason })
source-no-folder = the folder of the source { $path } cannot be opened ({ $reason })
kept-partial = What has arrived is kept: the download will go on from there
next-check-source = Check the address of the source in settings.toml or in the option --source
next-by-hand = The file can be had by hand: “Downloads” on the site
next-retry = Try again later; if that does not help, get the file by hand: “Downloads” on the site
next-free-space = Free some disk space and go on
next-log-in = The network seems to ask for a login: open any site in a browser, log in and try again
next-wait = Wait for that download to end
download-name = the file cannot be kept under the name “{ $name }”
download-busy = this file is being downloaded already: { $path }
download-cancelled = the download was stopped
download-page = a web page came in place of the file { $name }
download-wrong-size = { $name } is not the right file: { $found } bytes in place of { $expected }
download-wrong-hash = { $name } is not the right file: its checksum differs
download-disk-full = no space left on the disk: { $path }
download-file = { $path } cannot be read or written ({ $reason })
verify-unknown-kind = { $name } is neither a template nor an installer
verify-changed = { $name } has changed since it was examined
verify-signer-not-checkable = this system cannot tell who signed { $name }, and the source states no checksum
verify-unsigned = { $name } is not signed, and should be signed by its publisher
verify-invalid-signature = the signature of { $name } is not valid: { $detail }
verify-other-signer = { $name } is signed by another company: { $signer }
verify-needs-consent = nothing proves { $name }

### Before an update and after it

stop-of-base = “{ $name }”: { $what }
stop-not-here = the base “{ $name }” is not updated here, or its folder is not there
stop-not-writable = the folder of the base “{ $name }” cannot be written to ({ $reason })
stop-in-use = the base “{ $name }” is open
stop-not-copyable = the base “{ $name }” holds a link that cannot be copied: { $path }
stop-nothing = there is nothing to update
hint-download-again = download the file again
hint-template = get another file: “Downloads” on the site
hint-rights = administrator's rights are needed
hint-close = close the programs that use the base; this looks again by itself
hint-close-all = better if nobody works in the base meanwhile
hint-platform-first = update the platform first; going on without it is possible too
attention-platform = needs platform { $minimum } or newer, { $installed } is installed
attention-use = there is no telling whether the base “{ $name }” is open
pass-fits = the update goes with the base “{ $name }”
pass-not-in-use = the base “{ $name }” is not open
pass-platform = the platform is new enough
pass-way-back = for going back: the installer of platform { $version } is kept on this computer
pass-way-back-fetched = for going back: the installer of platform { $version } was downloaded ({ $size }) and will be kept on this computer before the update
stop-space = there is not enough room on the disk with { $folder }: { $needed } needed, { $free } free
hint-space = make room on this disk; for the copies another disk's folder can be set in the settings, then start the program again
hint-little-space = better make room on this disk first
hint-space-unknown = look yourself whether there is room enough
hint-not-here = update the base on the computer where it lies, or put its folder back
hint-not-copyable = take the link out of the base's folder: a copy with it would not be whole
hint-unreadable = mend the rights of this file or folder, or give it a plain name
hint-replacement = take out of the base what is in the way, or get another file: “Downloads” on the site
hint-unproved = install it only if you know where it comes from; another one can be had from “Downloads” on the site
stop-files-held = files of the base “{ $name }” that are to be replaced are held by { $programs }
hint-installer = wait for its end; this is looked at again by itself
hint-installer-other = better wait for its end
attention-server = the server of the base “{ $name }” seems to run: port { $port } answers
hint-server = stop the base in the base manager: while its server runs, files may be held
attention-no-way-back = the installer of platform { $version }, which is installed now, is not kept here: to go back to it the file would have to be found
attention-no-way-back-why = the installer of platform { $version }, which is installed now, is not kept here: { $reason }. To go back to it the file would have to be found
way-back-not-offered = the source does not have it
way-back-source = it could not be downloaded ({ $reason })
way-back-unusable = what the source says of it cannot be read
way-back-no-room = there is no room for it ({ $needed } needed, { $free } free)
way-back-not-proved = the downloaded file was not proved genuine
way-back-not-downloaded = it could not be downloaded
hint-no-way-back = get it from the downloads on the site beforehand; the list of bases and the common settings are copied before the installation
attention-server-stops = the data server of the base “{ $name }” is running: it is stopped during the update (service “{ $service }”)
hint-server-stops = devices cannot exchange with the base meanwhile; the server is started again afterwards
hint-server-shared = other bases of this server stand still, too; it is started again afterwards
attention-space = there is enough room, and little will be left: { $left } on the disk with { $folder }
attention-space-unknown = there is no telling how much room the disk with { $folder } has
attention-working-time = these are not the hours for updates
hint-working-time = by the settings they begin { $begins }; you can update now all the same
attention-administrator = you are not an administrator of this computer
hint-administrator = Windows will ask an administrator to sign in
attention-by-hand =
    { $count ->
        [one] { $count } file was changed by hand and will be replaced; the present one stays in the copy
       *[other] { $count } files were changed by hand and will be replaced; the present ones stay in the copy
    }
by-hand-since-update = { $path } (since the last update)
by-hand-since-template = { $path } (not as in the template)
by-hand-since-copy = { $path } (since the copy of { $date })
by-hand-others = { $count } more
by-hand-unknown = There is no telling whether any of this was changed by hand: there is nothing to compare with.
by-hand-same-since-copy = Nothing of this was changed since the copy of { $date }; whether anything was before that is not known.
by-hand-some-same-since-copy =
    { $count ->
        [one] { $count } replaced file was not changed since the copy of { $date }; whether it was before that is not known.
       *[other] { $count } replaced files were not changed since the copy of { $date }; whether they were before that is not known.
    }
by-hand-of-base = Base “{ $name }”. { $what }
by-hand-untold =
    { $count ->
        [one] Of { $count } replaced file there is no telling whether it was changed by hand: there is nothing to compare with.
       *[other] Of { $count } replaced files there is no telling whether they were changed by hand: there is nothing to compare with.
    }
standstill-moment = The base stands still for less than a minute
standstill-minutes =
    The base stands still for about { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
standstill-hours =
    The base stands still for about { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
pass-by-hand = none of the replaced files was changed by hand
pass-steps =
    { $count ->
        [one] the update takes { $count } step, its file is here: { $way }
       *[other] the update takes { $count } steps, all files are here: { $way }
    }
pass-space = there is room on the disk: { $needed } are needed
pass-rights-asked = Windows will ask for permission before the start
pass-maintenance = these are the hours for updates
holder-session = { $program } ({ $user }, session { $session })
holder-user = { $program } ({ $user })
plan-none = Nothing to go on with: no update was left unfinished
plan-agreed = Going on with what was begun: { $user }, { $moment }. Everything has been looked at again.
plan-gone = This plan is no longer there: it was finished or given up
plan-restart = Restart the PC first: the update of the platform ends then
plan-abandoned = The rest will not be updated; what is updated stays so
plan-open = anybody may have written this plan, so it is not believed: { $path }
plan-unreadable = an unfinished plan cannot be read ({ $reason })
plan-unfit-gone = the base “{ $name }” is not among those that are updated here any more
plan-unfit-moved = the base “{ $name }” lies in another folder now
plan-unfit-version = the base “{ $name }” was on { $expected } and is on { $found } now
plan-unfit-hint = Give up the rest (smarts update --abandon) and update anew what is needed
cli-base-begun = Updating the base “{ $name }”…
cli-plan-sum = In all: { $done } updated, { $failed } failed, { $left } left
cli-plan-left = The rest waits. Go on: smarts update --continue, give up: smarts update --abandon
cli-plan-after-restart = The rest waits for a restart. Go on after it: smarts update --continue
cli-confirm-all = Update all of this in its order? The first failure stops the rest
difference-legend = “-” is there now, “+” comes with the update
difference-sizes = { $path }: { $now } now, { $then } come
difference-removed = { $path }: { $now } now, will be removed
difference-hidden = { $path }: not shown, as there may be a password in it
difference-unread = { $path }: could not be compared ({ $reason })
template-file = the template is unusable: { $what }
template-too-large = the template would be implausibly large when unpacked
template-refused = the template is dangerous and will not be applied ({ $reason })
template-damaged = the template is damaged ({ $reason })
template-in-the-way = the base has a folder in place of a file, or the other way round: { $path }
misfit-product = this template is of another product
misfit-not-newer = { $installed } is installed, and the template is of { $offered }
misfit-other-version = described as { $expected }, and the template itself is of { $found }
tree-name = the name is not one that Windows can have: { $path }
kept-nothing-changed = Nothing in the base has been changed
kept-put-back = The base is back as it was; its copy: { $folder }
kept-copy = The copy of the base is whole: { $folder }
next-restore = Put the base back from its copy and write to support
next-on-windows = Take the file to a PC with Windows and install it there
next-foreign = Run the installer on the PC itself
next-wait-update = Wait for the other update to end
next-check-again = Check for updates again
next-space-and-rights = See to disk space and rights, then try again
apply-busy = another update is under way on this PC
apply-not-here = the base is no longer in the list, or is not updated here
apply-base-changed = somebody else has updated the base meanwhile
apply-files-held = files of the base that are to be replaced are held by { $programs }
apply-in-use = somebody works in the base: { $file } is open
apply-platform-state = the list of bases and the common settings could not be copied, the installer was not started ({ $reason })
apply-server-not-stopped = the base's data server does not stop (service “{ $service }”)
apply-change = { $path } could not be replaced ({ $reason })
apply-cut-off = an earlier update of the base was cut off
apply-version-unchanged = the installation has ended, but the version is not { $version }
apply-no-windows-installer = An MSI package can be installed on Windows only
apply-foreign = no foreign program is started in a folder that stands for a PC
apply-not-started = the installer did not start ({ $reason })
apply-installer-failed = the installer reports error { $code }
apply-installer-ended = the installer was ended by force
update-cancelled = stopped
backup-link = the base holds a link that cannot be copied: { $path }
backup-nested = the folder for copies lies in the base itself: { $folder }
backup-changing = somebody worked in the base while it was copied: { $path }
backup-failed = the base could not be copied ({ $reason })
cli-stopped = No update until that is dealt with
cli-unproved = Nothing proves the file; --yes does not agree to that, --accept-unproved does
offer-gone = this update is no longer offered; check for updates again
cli-unproved-window = nobody has agreed to a file that nothing proves
internal-error = a defect of this program came to light; its log has the details
machine-server-stopped = the base's data server was stopped for an update that was cut off; the next update starts it, and the service “{ $service }” can be started in Services now
machine-unfinished = the update to { $to } was cut off half-way; the next start of the PC or the next update finishes or undoes it; the copy of the base: { $folder }
machine-unfinished-back = going back to { $to } was cut off half-way; the next start of the PC or the next update finishes or undoes it, and if that fails, the base can go back as a whole; the copy of the base: { $folder }

### The scheduled task, setting up, diagnosing

machine-task-foreign = the task SmartsUpdate starts another program: { $program }; for this one to check for updates, run “smarts schedule install” as an administrator
machine-task-gone = the task SmartsUpdate is gone, and nothing checks for updates; to bring it back, run “smarts schedule install” as an administrator
machine-settings-not-used = the settings are not in force: others than administrators may change this file
task-ours = the task SmartsUpdate is ours: a check every { $interval }
task-ours-no-interval = the task SmartsUpdate is ours, but does not repeat
task-ours-off = the task SmartsUpdate is ours, but switched off
task-foreign-unread = the task SmartsUpdate is not ours and is not understood
task-none = there is no task SmartsUpdate: nothing checks for updates
task-none-wanted = there is no task SmartsUpdate: none was wanted
task-how-to-install = smarts schedule install
task-not-here = there is no task scheduler here
task-rights = only an administrator may: open the command prompt as an administrator
task-scheduler = the task scheduler did not do it ({ $reason })
task-file = { $path } cannot be read or written ({ $reason })
task-untrusted = the former task was not put back: others than administrators may have changed { $path }
task-not-restored = the former task was not put back ({ $reason }); its definition lies in { $path }
task-no-stub = there is no file { $path }
setup-failed = this PC could not be set up: { $reason }
schedule-installed = Updates will be looked for every { $hours } h
schedule-installed-kept = Updates will be looked for every { $hours } h. The former task SmartsUpdate is kept and comes back when ours is removed
schedule-removed = The task SmartsUpdate is removed, and nothing checks for updates
schedule-restored = Our task is removed, and the former task SmartsUpdate is back
schedule-foreign-stays = The task SmartsUpdate is not ours and was left as it is
schedule-started = The check was started
diagnose-mark-ok = fine
diagnose-mark-attention = ATTENTION
diagnose-mark-unknown = unknown
diagnose-program = program { $version }
diagnose-signed = the program is signed
diagnose-signature-bad = the program's signature is not valid
diagnose-unsigned = the program is not signed
diagnose-signature-unknown = the program's signature cannot be checked here
diagnose-windows = { $name }, build { $build }
diagnose-windows-old = this Windows is too old: Windows 10 or Server 2016 is needed
diagnose-no-windows = this is not Windows, or its version cannot be read
diagnose-elevated = an administrator's rights are in force now
diagnose-administrator = the person is an administrator, Windows will ask
diagnose-standard = a standard user: updating needs an administrator's password
diagnose-rights-unknown = the person's rights are not known
diagnose-no-folder = the program's machine-wide folder is not there; installing makes it
diagnose-folder = only administrators write to the program's machine-wide folder
diagnose-folder-open = others than administrators may write to the program's machine-wide folder
diagnose-folder-unknown = who may write to the program's machine-wide folder cannot be told here
diagnose-settings = the settings were read
diagnose-no-settings = there is no settings file, the defaults are in force
diagnose-settings-unknown = the settings have something that means nothing: { $keys }
diagnose-policy =
    updating: { $who ->
        [all] everybody, with an administrator's password
       *[admins] administrators
    }; hearing of new releases: { $notify ->
        [all] everybody
        [none] nobody
       *[admins] administrators
    }
diagnose-bases = bases: { $here } on this PC, { $remote } on others, { $cloud } in the cloud, { $damaged } damaged
diagnose-no-reboot = no restart is needed
diagnose-reboot = the PC waits for a restart
diagnose-reboot-unknown = whether a restart is needed cannot be told here
diagnose-no-window = the window has not been opened here yet
diagnose-window = the window is drawn by { $renderer }
diagnose-window-cut = a start of the window with { $renderer } was cut off; the next one will choose another way
diagnose-downloads = the downloads folder is there
diagnose-no-downloads = the downloads folder will appear with the first download
diagnose-journal = entries in the journal: { $count }
diagnose-unfinished = updates and goings back cut off half-way: { $count }
diagnose-changes = no change of a base is unfinished
diagnose-changes-running = a base is being changed right now
diagnose-changes-open = unfinished changes of bases: { $count }; the next start of the PC or the next update finishes or undoes them
diagnose-changes-unread = whether a change of a base is unfinished could not be told
diagnose-report-unread = the result of the last check cannot be read
diagnose-last-check = last check { $when }
diagnose-event-log = the Windows event log can be read
diagnose-no-event-log = the Windows event log is not available
diagnose-event-source = the source in the event log is there
diagnose-event-source-unknown = whether the source in the event log is there cannot be told
diagnose-no-event-source = there is no source in the event log; installing makes it
attention-revocation = the signature of “{ $signer }” is valid; whether it has been revoked could not be looked up
hint-revocation = Looking that up needs the Internet; you can go on without it

### This program itself

updater-name = Mobile SMARTS updater
updater-hint = this is the program itself; bases and platform stay as they are
status-updater = program { $version }
headline-updater = A new version of this program is out
headline-platform-and-updater = A new platform and a new version of this program
headline-bases-and-updater =
    { $count ->
        [1] An update for 1 base and a new version of this program
        [one] Updates for { $count } base and a new version of this program
       *[other] Updates for { $count } bases and a new version of this program
    }
headline-platform-bases-and-updater =
    { $count ->
        [1] A new platform, an update for 1 base and a new version of this program
        [one] A new platform, updates for { $count } base and a new version of this program
       *[other] A new platform, updates for { $count } bases and a new version of this program
    }
not-managed-no-releases-here = this source has no releases of this program
machine-updater-version = the registry states an unusable version of this program: { $error }
machine-updater-unread = could not find out which version of this program is installed: { $reason }
button-update-updater-name = Update this program
sheet-title-updater = Update this program?
sheet-updater-text = Windows puts { $file } in place of this program and may ask for permission. There are no other questions.
sheet-updater-keeps = Bases and platform stay as they are, and work in them can go on.
sheet-updater-after = Then we read the version again. The new one runs once you close this window and open it again.
sheet-confirm-updater = Install
life-updater = Windows installs the program
cli-confirm-updater = Install the new version of this program?
left-restart-program = restart this program
left-restart-program-text = Restart the program: close its window and open it again. Until then the former version runs.
list-updater = Mobile SMARTS updater { $version }

### How the installer ended

attention-reboot = Windows waits for a restart to finish an earlier installation
attention-reboot-hint = better restart the PC first
stop-in-use-by = the base “{ $name }” is open, held by { $programs }
apply-in-use-by = somebody works in the base: { $file } is held by { $programs }
apply-change-held = { $path } could not be replaced: the file is held by { $programs }
exit-another-installation = Windows is installing another program right now (1618)
exit-fatal = an error occurred during the installation (1603)
exit-other-version = another version is already installed, and this package does not replace it (1638)
exit-rights = there were not enough rights for this installation (1925)
exit-wrong-platform = this package is for a PC with another kind of processor (1633)
exit-policy = a policy of this PC forbids the installation (1625)
exit-package = Windows could not open the installation package ({ $code })
exit-kept-not-begun = The installation was not begun and nothing was changed; the downloaded file is kept
exit-kept-file = The downloaded file is kept; which version is installed now has been read again
exit-next-wait = Wait for the other installation to end, then try again
exit-next-rights = Try again as an administrator
exit-next-by-hand = Take another file: “Downloads” on the site
exit-next-policy = Ask the administrator of the domain to allow this installation
exit-next-download = Download the file again, then try again
exit-next-log = The reason is in the installation log: { $path }. The support can help with it

### An administrator's rights

updated-by-administrator = Updated by the administrator
updated-by-contact = Updated by the administrator: { $contact }
life-not-permitted = Windows was not given permission, nothing was changed
cli-not-elevated = This takes an administrator's rights. Open the console as an administrator and repeat the command
elevated-plan = the plan of the update was not accepted
elevated-protect = { $path } could not be copied to where nobody changes it ({ $reason })
elevated-not-asked = Windows could not be asked for an administrator's rights
elevated-next-administrator = Start the program as an administrator and try again
elevated-kept = Nothing was changed
elevated-broke-off = the update broke off: the program with an administrator's rights closed too early
elevated-broke-off-half-way = the update of this base broke off half-way
elevated-next-again = Update the base once more: first it is put back from its copy
elevated-next-installer = The installer may still be open: finish it, then check for updates again

### Opening the window

renderer-not-here =
    { $renderer ->
        [direct3d] Direct3D 12
        [opengl] OpenGL
       *[other] { $renderer }
    } is not available here; another way was chosen.
no-renderer = The window could not be opened: neither Direct3D 12 nor OpenGL works on this computer. On the command line smarts does the same: smarts list, smarts check, smarts update.
no-renderer-demo = The window could not be opened: neither Direct3D 12 nor OpenGL works on this computer. The same without a window: smarts --demo check

### A download waits for its next try

next-try = next try at { $time }: { $reason }
next-try-later = next try on { $date } at { $time }: { $reason }
next-try-asked = the server asks to wait until { $time }: { $reason }
next-not-before = The server asks to try again no earlier than { $time }
life-next-try = { $amount } downloaded, { $why }
download-no-room = the disk with { $dir } needs { $needed } more and has { $free } free; { $kept } downloaded already
download-packed = { $name } came packed ({ $encoding }), which was not asked for

### The Application log of Windows

event-what = { $result }: { $name }
event-versions = Versions: { $from } → { $to }
event-who = By: { $user }, PC { $computer }
event-file = File: { $file }; { $proof }; SHA-256 { $sha256 }
event-copy = Copy of the base: { $folder }
event-detail = Details: { $detail }
diagnose-log = the program keeps its log

### Diagnosis in the window

menu-more = More
menu-keys = Keyboard…
menu-diagnosis = Diagnosis

### Trust in the source and proof of files

proof-signed = signed by the publisher
proof-publisher = Windows signature
proof-publisher-named = Windows signature: { $signer }
proof-hash = checksum from the site
proof-hash-folder = checksum from the folder
proof-short-signed = signed
proof-short-hash = checksum
proof-short-none = not proved
proof-hash-source = checksum from the source
proof-none-https = https only
proof-none = nothing vouches for it
attention-unproved = nothing proves that the file is genuine
pass-proved = file examined: { $proof }
trust-signed-until = signed, signature valid until { $until }
trust-expired = signature expired on { $since }
trust-to-be-signed = the publisher's signature is expected
trust-https = secure connection
trust-loopback = on this PC
trust-folder = folder, not signed
trust-signed-meaning = Every file is compared with the publisher's signature. Neither the site, nor the network, nor whoever writes into the folder can replace it.
trust-expired-meaning = Files are compared with the publisher's signature as always. But it is due to be renewed: whether anything newer has come out since cannot be seen from here.
trust-https-meaning = The connection to the site is secure. The source has no signature of the publisher: if the site itself is broken into, that cannot be seen from here.
trust-loopback-meaning = The source runs on this very PC. It has no signature of the publisher.
trust-folder-meaning = The folder has no signature of the publisher: whoever may write into it can have changed its files.
source-line = Source: { $source }, { $trust }
distrust-unsigned = the source is not signed
distrust-untrusted = the signature of the source could not be confirmed
distrust-older = older than what was seen here
distrust-expired = the signature of the source expired on { $since }
distrust-root = the trusted root is unusable
source-expired-note = newer versions cannot be seen from here
source-title = Where updates come from
source-none-yet = The source has not been checked yet.
source-once = This folder is used just this once. The settings have not changed.
menu-from-folder = Update from a folder…
menu-from-file = Update from a file…
menu-source = About the source
folder-choose-title = Folder with updates of Mobile SMARTS
folder-banner = Source: folder { $folder } (just this once)
folder-back = Back to the usual source
folder-busy = first let the download or update end
source-busy-title = The source cannot be changed now
source-busy-text = A download or an update is under way. Let it end, or pause the download, and try again.
expired-title = The signature of this folder has expired
expired-text = It was valid until { $since }, and today is { $now }. What came out later cannot be seen from here.
expired-safe = Files are compared with the publisher's signature all the same, and nothing older than what was seen here before will be accepted.
expired-clock = If the date of this PC is wrong, correct it and check again.
expired-accept = Use what is there
expired-ask = Use what is there…
check-refused = The source is not accepted.
check-failure-name = More on why the check failed
check-failure-title = The check failed
check-failure-kept = Nothing was downloaded or changed.
life-ready = file examined: { $proof }
life-ready-unproved = file downloaded: { $proof }
life-refused = File not accepted: { $reason }
life-refused-safe = it was not started, nothing has changed
failure-title-refused = File not accepted: { $name }
kept-refused = This file was neither started nor applied: bases and platform are as they were
next-refused = Do not start this file by hand. Download it again; if that happens again, tell the publisher
next-unsigned = Ask the publisher for the address of the signed source. Only an administrator can remove root.json, and then signatures are not checked
next-untrusted = Take no files from this source, and tell the publisher
next-older = Try again later: the source may not have been updated yet. If it stays like this, tell the publisher
next-older-folder = Take a newer copy
next-not-signed = Tell the publisher: this file lies in the source and is not signed by them
next-expired = Check the date of this PC. If it is right, tell the publisher that the signature is due to be renewed
next-expired-folder = Check the date of this PC, take a newer folder, or use what is there
next-missing = Try again later: the source may be being updated just now
next-root = Ask an administrator to install root.json anew
cli-expired = To use what is there, add --accept-expired
cli-confirm-expired = Use what is there?
cli-detail = Details: { $detail }
diagnose-trust-none = no trusted root: the source need not be signed
diagnose-trust = trusted root installed, version { $version }: only what is signed is used
diagnose-trust-open = others than administrators can change the trusted root, so no source is used
diagnose-trust-unread = trusted root installed but unusable: no source is used
diagnose-trust-writers = only administrators can change it
diagnose-trust-writers-unknown = who can change it cannot be told here
diagnose-trust-named = named by --trusted-root
diagnose-trust-kept = version { $version } is in force
diagnose-trust-until = root valid until { $until }
diagnose-trust-expired = root expired on { $since }
diagnose-trust-floor = it is not before { $moment }
diagnose-clock-behind = the clock of this PC is behind
### Connections: proxy and certificates

source-by-proxy = { $what } (by the proxy { $proxy })
what-and-next = { $what }. { $next }
tls-expired = the certificate of { $host } has expired
tls-not-yet = the certificate of { $host } is not valid yet
tls-wrong-host = { $host } presented the certificate of another host
tls-unknown-issuer = the certificate of { $host } was issued by somebody whom this PC does not trust
tls-revoked = the certificate of { $host } was revoked
proxy-login-missing = the proxy { $proxy } wants a name and a password
proxy-login-refused = the proxy { $proxy } did not take the name and the password; they are not sent again, so that the account is not locked
proxy-login-refused-before = the proxy { $proxy } has refused this name and password before, and they were not sent now, so that the account is not locked
proxy-login-unanswered = the proxy { $proxy } has just not answered in time when it got the name and the password; they were not sent now, so that the account is not locked
proxy-unusable = the proxy { $proxy } does not do: this program uses http and https proxies only
proxy-refusal = the proxy { $proxy } refused to connect to { $host }
ca-file-not-here = the file of certificates { $path } (setting ca_file) is not found: it needs a full path on this PC
ca-file-open = the file of certificates { $path } (setting ca_file) is not used: others than administrators can change it
ca-file-unreadable = the file of certificates { $path } (setting ca_file) cannot be read: { $reason }
ca-file-empty = there is no PEM certificate in { $path } (setting ca_file)
ca-file-broken = a certificate in { $path } (setting ca_file) is broken: { $reason }
next-proxy = Check whether the proxy works, and the setting proxy in settings.toml
next-proxy-login = Put the name into the setting proxy_user and set the password: smarts proxy set-password. Where passwords are not kept, smarts check asks for it on the terminal
next-proxy-password = Set the password: smarts proxy set-password. If the password is right, let it be sent once more: smarts proxy retry
next-proxy-address = Mend the name and the password where the proxy is set: in the environment variable HTTPS_PROXY. If they are right, let them be sent once more: smarts proxy retry
next-proxy-unanswered = Check whether the proxy works, and try again in a minute
next-proxy-unusable = Name an http proxy in the setting proxy, or mend the environment variable HTTPS_PROXY
next-proxy-refusal = Ask those who look after the proxy to let this address pass
next-clock = Check the date and the time of this PC. If they are right, tell those who look after that host
next-wrong-host = Check the address of the source. In a guest network, log in with the browser first
next-ca-file = If your company looks into secure connections, name its certificate in the setting ca_file
next-tls = Tell those who look after that host or the network. No connection is used unchecked
next-mend-ca-file = Mend the file or the setting ca_file: without it nothing is asked
proxy-ask-password = Password of { $user } for the proxy { $proxy } (not shown):
proxy-password-kept = The password of { $user } for the proxy { $proxy } is kept for everybody on this PC.
proxy-forgotten = The kept password for the proxy is forgotten.
proxy-retried = What the proxy has refused is forgotten: name and password will be sent once more. The kept password stays.
proxy-nothing-to-set = First name a proxy and a user in settings.toml: proxy = "http://proxy:3128", proxy_user = 'DOMAIN\name'.
proxy-rights = Only an administrator can set or forget the password for the proxy: use an administrator's console.
proxy-no-store = This system keeps no passwords: smarts check, download and update ask for it on the terminal.
proxy-secret-failed = the kept password for the proxy is not available: { $reason }
proxy-script = Windows is set to a script that chooses the proxy, { $script }; this program does not run it: name the proxy in the setting proxy
proxy-no-user = no name for the proxy is set (setting proxy_user)
proxy-no-password = no password of { $user } for this proxy is kept; set it: smarts proxy set-password
proxy-has-password = the password of { $user } for this proxy is kept
proxy-other-password = the kept password is for another proxy or name ({ $proxy }) and is not sent
diagnose-proxy = proxy { $proxy } ({ $setting ->
        [system] of the system's settings
        [environment] of the environment
       *[manual] of the setting proxy
    })
diagnose-no-proxy = no proxy on the way to the source ({ $setting ->
        [system] the system's settings and the environment
        [environment] the environment
        [none] switched off by the setting proxy
       *[manual] the source is on this PC or in a folder
    })
diagnose-ca-file = certificates of the company: { $path }
diagnose-no-ca-file = the system's certificates only
proxy-dialog-open = Enter password…
proxy-dialog-title = The proxy wants a password
proxy-dialog-text = Proxy { $proxy }, user { $user }. The password is not kept: it is used while the program is open. Not to type it again, an administrator can run smarts proxy set-password.
proxy-dialog-field = Password for the proxy
proxy-dialog-use = Check again

## checks
reports-pc = PC
reports-platform = Platform
reports-bases = Bases
reports-open = Can be installed
reports-checked = Checked
reports-trouble = Trouble
reports-none = There are no reports in this folder.
reports-left-out = { $count ->
        [one] { $count } more file was not read: the files in the folder are too many or too large.
       *[other] { $count } more files were not read: the files in the folder are too many or too large.
    }
reports-nothing-open = nothing
reports-more-open = { $count } more
reports-failing = the check fails: { $reason } (first { $since })
reports-never = there has been no good check yet
reports-incomplete = not everything was looked up
reports-unread = The folder of reports { $path } cannot be read: { $reason }
report-torn = the report breaks off: it was not written to its end
report-newer = a newer version of the program has left the report: update the program here
report-too-large = the file is larger than { $limit } and was not read
report-foreign = this is no report
report-unreadable = the file was not read: { $reason }
## schedule
schedule-set = The settings are written
schedule-not-set = The settings are as they were ({ $reason })
schedule-set-not-ours = The task SmartsUpdate is not ours, and the settings do not change it; for ours, run “smarts schedule install”
schedule-next = The next check { $when }
schedule-installed-hours = Updates will be looked for every { $hours } h, { $only } only
schedule-installed-hours-kept = Updates will be looked for every { $hours } h, { $only } only. The former task SmartsUpdate is kept and comes back when ours is removed
task-ours-hours = the task SmartsUpdate is ours: a check every { $interval }, { $hours } only
weekday-mon = Mon
weekday-tue = Tue
weekday-wed = Wed
weekday-thu = Thu
weekday-fri = Fri
weekday-sat = Sat
weekday-sun = Sun
## notice

notice-release =
    { $occasion ->
        [new-important] { $name }: important version { $version } is out
        [important] { $name }: version { $version } is now marked as important
        [again-important] { $name }: important version { $version } is not installed yet
        [downloaded] { $name }: { $version } is downloaded, but not installed yet
        [again] { $name }: { $version } is not installed yet
       *[new] { $name }: { $version } is out
    }
notice-release-for-bases =
    { $count ->
        [one] { $release } — for { $count } Mobile SMARTS base
       *[other] { $release } — for { $count } Mobile SMARTS bases
    }
notice-release-blocked = { $release }, but it cannot be installed without a subscription
notice-product-unknown = Product without a name
notice-again = Mobile SMARTS updates are not installed yet
notice-more =
    { $count ->
        [one] And { $count } more release
       *[other] And { $count } more releases
    }
notice-failing =
    { $count ->
        [one] Mobile SMARTS updates could not be checked for { $count } day
       *[other] Mobile SMARTS updates could not be checked for { $count } days
    }
notice-failing-body = New versions may be out that cannot be seen from here. Open the window and check again: it will say why.
notice-age =
    { $count ->
        [one] What is known of Mobile SMARTS updates is { $count } day old
       *[other] What is known of Mobile SMARTS updates is { $count } days old
    }
notice-age-body = This PC works without a network. Bring a folder with updates: the window has “Update from a folder…”.
notice-ends =
    { $count ->
        [one] The update subscription ends in { $count } day
       *[other] The update subscription ends in { $count } days
    }
notice-ends-today = The update subscription ends today
notice-ended = The update subscription has ended
notice-ending-line = { $who }: until { $until }
notice-ends-body = What came out before that day can be installed later too.
notice-checked = Checked { $when }
notice-known = As known { $when }
notice-check-failed = Updates could not be checked
notice-tooltip-again =
    { $count ->
        [one] Mobile SMARTS: { $count } update waits to be installed
       *[other] Mobile SMARTS: { $count } updates wait to be installed
    }
notice-menu-open = Open
notice-menu-check = Check now
notice-menu-later = Remind me tomorrow
notice-menu-skip =
    { $count ->
        [1] Skip this version
        [one] Skip these versions
       *[other] Skip these versions
    }
notice-menu-leave = Exit
notice-at-needs-today = --at works together with --today only
notice-not-offered = { $id }: version { $version } is not offered here
notice-not-kept = This could not be remembered: { $reason }

## window: schedule, skipped versions, reports, work without a network

duration-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
moment-tomorrow = tomorrow at { $time }
menu-skip = Skip this version
menu-offer-again = Offer this version again
chip-skipped = Version skipped
skip-not-kept-title = The answer about the version was not wholly kept
skip-not-kept = Whether the version is skipped is as it was: the answer could not be written ({ $reason }). Try again later.
skip-not-told = This program has kept the answer, but could not pass it to the platform's own update program ({ $reason }), which may say otherwise about the version.
headline-only-skipped = No new updates
status-skipped = { $count } skipped
headline-offline-nothing = Nothing is known of updates yet
status-offline = offline, known since { $when }
status-offline-hint = This PC works without a network: open a folder with updates by “Update from a folder…”
status-offline-failed = the source cannot be reached now
menu-schedule = Scheduled check…
schedule-next-check = Next check { $when }
schedule-asks = Windows will ask for permission when this is saved.
schedule-never = Do not check automatically
schedule-never-hint = Nobody will hear of new versions: there will be no messages and no icon. You can still check by hand in this window.
schedule-never-former = This program will neither check nor tell of new versions. The former task SmartsUpdate comes back. You can still check by hand in this window.
schedule-never-foreign = This program does not check by itself; the task SmartsUpdate of the other program stays in force. Untick this to replace that task; it will be kept.
schedule-every = Every
schedule-every-interval = every { $interval }
schedule-hours-name = Hours between checks
schedule-hours-unit = h
schedule-hours-wrong = A whole number of hours: 1 to 168, which is 7 days.
schedule-from = from
schedule-until = to
schedule-no-day = Choose at least one day.
schedule-wrong-from = The beginning is a time of day, such as 09:00.
schedule-wrong-until = The end is a time of day, such as 18:00.
schedule-save = Save
schedule-save-asked = Save…
schedule-saving = Saving…
schedule-not-saved = the settings were not changed: { $reason }
schedule-not-permitted = Windows was not given permission, the settings were not changed.
schedule-refused = The settings were not changed: the part of the program with an administrator's rights refused. The reason is in the log: { $log }
schedule-broke-off = Nothing or not everything was saved (code { $code }): the sections show what is in force now. The reason is in the log: { $log }
menu-reports = Open a folder of reports…
reports-choose-title = Folder with reports of PCs
reports-title = PCs by their reports
reports-reading = Reading the reports…
reports-read-again = Read again
reports-other = Another folder…
reports-search = Find a PC…
reports-search-name = Find a PC
reports-count =
    { $count ->
        [one] { $count } PC
       *[other] { $count } PCs
    }
reports-found = { $count } found
reports-ascending = { $column }, ascending
reports-descending = { $column }, descending
reports-broken = File { $file }.
reports-not-checked = not checked
reports-open-platform = platform
reports-open-bases =
    { $count ->
        [one] { $count } base
       *[other] { $count } bases
    }
reports-open-updater = this program
reports-open-blocked = { $count } more, not yet possible

# Subscriptions
cli-subscription-broken = the former list of subscriptions could not be read ({ $reason }) and was replaced; it is in { $path }
block-subscription-ended = { $count ->
    [one] the subscription of { $names } ended on { $until }, the version came out on { $released }: updated, licences would go into demo mode
   *[other] the subscriptions of { $count } devices ({ $names }) have ended, the first on { $until }, the version came out on { $released }: updated, licences would go into demo mode
}
warning-subscription-unknown = { $count ->
    [one] subscription of { $names }: no data; look the date up in the licence manager
   *[other] subscriptions of { $count } devices ({ $names }): no data; look the dates up in the licence manager
}
warning-release-undated = the day the version came out is not known, so it cannot be told whether a subscription covers it
warning-devices-incomplete = not all devices of the base are known, so it cannot be told whether their subscriptions cover the version
warning-list-unread = the list of subscriptions cannot be used, so it cannot be told whether they cover the version
hint-list-unread = Why not is said where it says what could not be read
row-list-unread = The list of subscriptions cannot be used
row-devices-incomplete = Not all devices of the base are known
warning-no-devices-known = subscription: no data, there is no device that counts: none has been connected, or all are written off
warning-exchange-ends = { $count ->
    [one] exchange through the Internet needs an active subscription: that of { $names } is until { $until }
   *[other] exchange through the Internet needs active subscriptions: those of { $count } devices ({ $names }) are until { $until } at most
}
names-and-more = { $names } and { $count } more
machine-subscriptions = the list of subscriptions: { $detail }
machine-subscription-lines = { $count ->
    [one] { $count } line of the list of subscriptions is not read, number { $line }
   *[other] { $count } lines of the list of subscriptions are not read, the first is number { $line }
}
machine-licences = not all licences were read: { $detail }
machine-licence-files = { $count ->
    [one] { $count } licence file cannot be read, { $file }
   *[other] { $count } licence files cannot be read, the first is { $file }
}
machine-licence-end = the end of the licence cannot be read: “{ $text }”
hint-not-covered = Renew the subscription and enter the new date under “Subscriptions”, or install a version it covers, if there is one
hint-coverage-unknown = Enter the date under “Subscriptions” to see whether the version is covered
pass-covered = The subscriptions of all devices cover the version
headline-only-uncovered = Updates have come out that the subscription does not cover: { $what }
headline-only-unjudged = Updates have come out, and nothing is known of the subscription: { $what }
status-uncovered =
    { $count ->
        [one] not covered by the subscription: { $count }
       *[other] not covered by the subscription: { $count }
    }
status-unjudged =
    { $count ->
        [one] waiting for the date of a subscription: { $count }
       *[other] waiting for the date of a subscription: { $count }
    }
chip-undated = Release date unknown
chip-covered-soon = Subscription until { $until }
chip-covered-ended = Covered, until { $until }
chip-subscription-ended = Subscription ended { $until }
chip-no-data-of =
    { $count ->
        [one] No subscription data: { $count } of { $all }
       *[other] No subscription data: { $count } of { $all }
    }
row-no-subscription-data = subscription: no data
row-covered = covered — { $version }
row-covered-known = covered as far as is known: { $version }
row-covered-no-data = no data: { $names }
row-subscription-ended =
    { $count ->
        [1] Subscription of { $names } ended on { $until }
       *[other] Subscriptions of { $count } devices ended, the first on { $until }
    }
row-subscription-stops = Subscription: no data, the update waits for a date
row-release-undated = The version has no date, so whether it is covered cannot be told
row-exchange-ends =
    { $count ->
        [1] Exchange through the Internet needs a subscription: { $names } until { $until }
       *[other] Exchange through the Internet needs a subscription: { $count } devices until { $until }
    }
link-why = Why?
link-why-name = Why? { $name }
button-update-to = Update to { $version }…
button-update-to-name = Update to { $version }: { $name }
button-enter-date = Enter date…
button-enter-date-name = Enter date: { $name }
button-renewed = Subscription renewed: enter date…
uncovered-title = The subscription does not cover version { $version }
uncovered-title-unknown = Whether version { $version } is covered is not known
uncovered-came-out = { $name }: { $version } came out on { $date }
uncovered-came-out-undated = { $name }: { $version } has come out, its date is not given
uncovered-who =
    { $count ->
        [1] The subscription ended before that
       *[other] The subscriptions of { $count } devices ended before that
    }
uncovered-holder = { $device } — subscription until { $until }
uncovered-unseen =
    { $days ->
        [one] not connected for { $days } day — still in use? If not, mark it under “Subscriptions” as written off
       *[other] not connected for { $days } days — still in use? If not, mark it under “Subscriptions” as written off
    }
uncovered-unseen-long = not connected for long — still in use? If not, mark it under “Subscriptions” as written off
uncovered-no-data =
    { $count ->
        [1] The date of the subscription is missing
       *[other] The dates of the subscriptions of { $count } devices are missing
    }
uncovered-no-data-hint = The licence manager and the web account show it. Without it the update is stopped, as the settings say
uncovered-list-unread-hint = Until the list can be used, the update is stopped: by it, a subscription may have ended. Import the list again, or mend this file
uncovered-undated-hint = The source does not say when the version came out, so it cannot be compared with the subscription. Without that the update is stopped, as the settings say
uncovered-effect = What would happen
uncovered-effect-text = Licences would go into demo mode: three goods per document at most. So the update is stopped; the installed version is not affected
uncovered-can = What can be done
uncovered-renew = Renew the subscription and enter the new date: the update opens at once
uncovered-covered =
    { $whose ->
        [known] Or install { $version }: it is covered for the devices that something is known of
       *[all] Or install { $version }: the subscription covers it
    }
uncovered-covered-date =
    { $whose ->
        [known] Or install { $version } of { $date }: it is covered for the devices that something is known of
       *[all] Or install { $version } of { $date }: the subscription covers it
    }
uncovered-covered-installed = The installed { $version } is the last version your subscription covers
uncovered-covered-older = The last version your subscription covers: { $version }; a newer one is installed, { $installed }
uncovered-covered-other = The last version your subscription covers: { $version }; it cannot be installed now
uncovered-notes = What’s new in { $version }
uncovered-downloads = Open the downloads page
fetch-not-allowed = the site { $host } does not give the file (status { $status }): the update subscription may have ended
next-subscription = Look up until when the subscription lasts; if it is renewed, try again or take the file from the web account

## the list of subscriptions: what is wrong with it, edits
subscription-field-device = device
subscription-field-product = product
subscription-field-until = end date
subscription-field-licence = licence
subscription-field-note = note
subscription-fault-encoding = letters are broken: the line is not in the encoding of the file
subscription-fault-long-line = the line is longer than { $limit }
subscription-fault-quote = a quotation mark is opened and not closed
subscription-fault-cells = { $found } cells, and { $expected } columns: a separator stands inside a cell
subscription-fault-above-headings = the line stands above the headings and is passed over
subscription-fault-no-device = no device is given
subscription-fault-no-date = no date is given
subscription-fault-not-a-date = “{ $text }” is no date, write 31.12.2026 or 2026-12-31
subscription-fault-no-such-day = there is no such day: { $text }
subscription-fault-year = no subscription ends in that year: { $text }
subscription-fault-too-long = the text is too long ({ $field }): at most { $limit } characters
subscription-fault-control = characters that are not allowed ({ $field })
subscription-fault-duplicate = a repetition: line { $line } is about the same device, and counts
subscription-list-unread = it cannot be read: { $path } ({ $reason })
subscription-list-unwritten = it cannot be written, the former one stays: { $path } ({ $reason })
subscription-list-others = it is not used, because not only administrators may change it: { $path }
subscription-list-large = it is larger than { $limit }
subscription-list-lines = it has more than { $limit } lines
subscription-list-columns = it has more than { $limit } columns
subscription-list-journal = it cannot be seen which devices are written off: { $reason }
subscription-list-not-text = this is not text; save the table as CSV
subscription-list-encoding = the encoding is neither UTF-8 nor windows-1251; save the table as “CSV UTF-8”
subscription-list-empty = there is nothing in it
subscription-list-headings = the headings in line { $line } cannot be read: { $reason }
subscription-list-no-columns = it is not clear which columns are: { $fields }
subscription-edit-busy = an update is running on this PC, or subscriptions are being changed; try again when that is over
subscription-edit-list = the list of subscriptions is not changed: { $reason }
subscription-edit-record = { $device }: { $reason }
subscription-edit-not-there = there is no such record in the list: { $device }
subscription-edit-exists = there is already a record of { $device } for this product
subscription-edit-nothing = there is nothing to change
subscription-edit-other = the change is not accepted, its file is another: { $path }
subscription-clock = the clock of this PC seems to be behind: it says { $today }, and it is { $least } at least. Correct the date: by the clock it is seen whether a subscription is active

## smarts subscription
cli-subscription-unread = The list of subscriptions: { $reason }
cli-subscription-none = Nothing is known of subscriptions: no device has been connected to a base, and the list is empty
cli-subscription-none-known = Nothing is known of subscriptions: { $gap }, the list of subscriptions is empty
cli-subscription-device = Device
cli-subscription-bases = Bases
cli-subscription-until = Lasts
cli-subscription-state = State
cli-subscription-seen = Last seen
cli-subscription-licence = Licence
cli-subscription-note = Note
cli-subscription-all-products = all products
cli-subscription-active = active
cli-subscription-last-day = ends today
cli-subscription-ends-soon = ends soon, { $days } left
cli-subscription-ended = ended { $days } ago
cli-subscription-no-data = no data
cli-subscription-longer = another record of the device counts, { $until }
cli-subscription-written-off = written off on { $day }
cli-subscription-other-product = no base of this product here
cli-subscription-not-here = not on this PC
cli-subscription-place-unknown = not known
cli-subscription-unseen = { $day }, long ago
cli-subscription-sum-ended = { $count ->
    [one] The subscription of { $count } device has ended, on { $since }
   *[other] The subscriptions of { $count } devices have ended, the first on { $since }
}
cli-subscription-sum-soon = { $count ->
    [one] The subscription of { $count } device ends soon: { $first }
   *[other] The subscriptions of { $count } devices end soon, the first on { $first }
}
cli-subscription-sum-soon-too = { $count ->
    [one] That of { $count } more ends soon
   *[other] Those of { $count } more end soon
}
cli-subscription-sum-no-data = { $count ->
    [one] No data about the subscription of { $count } device
   *[other] No data about the subscriptions of { $count } devices
}
cli-subscription-sum-not-here = { $count ->
    [one] The list has { $count } device that is not on this PC
   *[other] The list has { $count } devices that are not on this PC
}
cli-subscription-sum-unseen = { $count ->
    [one] Not seen for long: { $names }. If the device is not in use any more, write it off: smarts subscription write-off
   *[other] Not seen for long: { $names }. If the devices are not in use any more, write them off: smarts subscription write-off
}
cli-subscription-faults = { $count ->
    [one] { $count } line of the list does not count:
   *[other] { $count } lines of the list do not count:
}
cli-subscription-fault = line { $line }: { $text } — { $reason }
cli-subscription-exported = Records: { $count }, file { $path }
cli-subscription-import-unread = { $path }: { $reason }
cli-subscription-import-nothing = There is nothing to import: the file has no usable record. The list of subscriptions stays as it was
cli-subscription-import-sum = Added { $added }, changed { $changed }, removed { $removed }, unchanged { $unchanged }; records of other devices kept { $kept }
cli-subscription-columns-beyond = The file has no more than { $count } columns:
cli-subscription-columns-say = Give the numbers of the columns, as in --columns device=2,until=3
cli-subscription-record = { $device }, { $product }: { $until }
cli-subscription-from-to = { $record } (was { $from })
cli-subscription-added = Added: { $record }
cli-subscription-changed = Changed: { $record }
cli-subscription-removed = Removed: { $record }
cli-subscription-earlier = { $count ->
    [one] the new date is before the former one: { $names }
   *[other] the new date is before the former one for { $count } devices: { $names }
}
cli-subscription-strangers = { $count ->
    [one] there is no such device on this PC: { $names }. If it is not mistyped, it is of another PC or was not connected yet
   *[other] { $count } devices are not on this PC: { $names }. If they are not mistyped, they are of another PC or were not connected yet
}
cli-subscription-which = Records of the device: { $count }. Name the product with --product:
cli-subscription-is-written-off = { $device }: written off, counts no more
cli-subscription-already-written-off = { $device }: written off on { $day } already
cli-subscription-counts-again = { $device }: counts again
cli-subscription-counts-anyway = { $device }: counts anyway
cli-subscription-unknown-device = The device “{ $device }” is neither in a base nor in the list of subscriptions. Which there are is shown by smarts subscription list
cli-subscription-former = lines of the former list that could not be read ({ $count }) are in { $path }
cli-covered = The subscription covers { $version }: smarts update { $id } --version { $version }
cli-covered-known = The subscriptions of the devices that something is known of cover { $version } ({ $others }): smarts update { $id } --version { $version }
cli-covered-not-above = The subscription covers { $version }, and the installed version is not older
cli-renewed = If the subscription was renewed, enter the date: smarts subscription set { $whose } --until DATE
cli-date-known = If the end date is known, enter it: smarts subscription set { $whose } --until DATE
cli-licences = Licences
cli-licence-base = Base
cli-licence-all-bases = all bases
cli-licence-company = Company
cli-licence-clients = Devices
cli-licence-term = Term

## licences: what is open in their files
licence = Licence: { $what }
licence-clients = { $count ->
    [one] up to { $count } device
   *[other] up to { $count } devices
}
licence-device = device { $device }
licence-until = temporary until { $date }
licence-ended = temporary, ended on { $date }
licence-term-unread = the term cannot be read

## the tab "Subscriptions"
tab-subscriptions = Subscriptions
tab-subscriptions-count =
    { $count ->
        [one] Subscriptions: { $count } device needs attention
       *[other] Subscriptions: { $count } devices need attention
    }
tabs-name = Sections
subs-reading = Reading what is known of subscriptions…
subs-ended =
    { $count ->
        [one] The subscription of { $count } device ended on { $date }
       *[other] Subscriptions of { $count } devices have ended since { $date }
    }
subs-soon =
    { $count ->
        [one] The subscription of { $count } device ends soon
       *[other] Subscriptions of { $count } devices end soon
    }
subs-no-data =
    { $count ->
        [one] No data on the subscription of { $count } device
       *[other] No data on the subscriptions of { $count } devices
    }
subs-active = The subscriptions of all devices are active
subs-none-here = No device on the list has been connected to this PC
subs-nothing-known = Nothing is known of subscriptions yet
subs-gap-devices = not all devices are known
subs-gap-bases = the list of bases could not be read
subs-fact-devices =
    { $count ->
        [one] { $count } device on this PC
       *[other] { $count } devices on this PC
    }
subs-fact-first = the first ends on { $date }
subs-fact-soon = { $count } ending soon
subs-fact-no-data =
    { $count ->
        [one] no data on { $count } device
       *[other] no data on { $count } devices
    }
subs-fact-written-off =
    { $count ->
        [one] { $count } written off
       *[other] { $count } written off
    }
subs-fact-not-here = { $count } more on the list, not of this PC
subs-fact-unread =
    { $count ->
        [one] { $count } line of the list is not read
       *[other] { $count } lines of the list are not read
    }
subs-locked = Only an administrator of this computer can change subscriptions.
subs-asks = Windows will ask for permission when you save.
subs-import = Import…
subs-add = Add…
subs-more = More about subscriptions
subs-export = Export…
subs-copy = Copy list for an invoice
subs-open-manager = Open the platform's folder
subs-by-name = What to show
subs-by-device = By device
subs-by-base = By base
subs-filter-name = Which subscriptions to show
subs-filter-all = All
subs-filter-ended = Ended
subs-filter-soon = End soon
subs-filter-no-data = No data
subs-search = Find a device…
subs-search-name = Find a device, base or licence
subs-list-devices = Subscriptions by device
subs-list-bases = Subscriptions by base
subs-until-day = until { $date }
subs-until = active until { $date }
subs-forever = active without end
subs-without-end = without end
subs-ends-in =
    { $days ->
        [0] last day today
        [1] last day tomorrow
        [one] ends in { $days } day
       *[other] ends in { $days } days
    }
subs-ends-on = { $days }, { $date }
subs-ended-on = ended on { $date }
subs-unknown = no data
subs-written-off = written off on { $date }, not counted
subs-longer = another record counts, until { $date }
subs-not-here = has not been connected to this PC
subs-place-unknown = not known whether it has been connected to this PC
subs-other-product = no such product on this PC
subs-seen = connected on { $date }
subs-unseen =
    { $days ->
        [one] Not connected for { $days } day. Still in use?
       *[other] Not connected for { $days } days. Still in use?
    }
subs-this-pc = this computer
subs-all-products = all products
subs-licence = licence { $licence }
subs-enter = Enter date…
subs-enter-name = Enter date: { $what }
subs-change = Edit…
subs-change-name = Edit: { $what }
subs-remove = Delete record…
subs-write-off = Written off…
subs-write-off-name = Written off, do not count: { $what }
subs-count-again = Count again…
subs-count-again-name = Count again: { $what }
subs-what = { $device }, { $product }
subs-menu-name = More: { $what }
subs-unfold-licences = Show devices and licences: { $name }
subs-fold-licences = Hide devices and licences: { $name }
subs-unfold = Show devices: { $name }
subs-fold = Hide devices: { $name }
subs-group-ended =
    { $total ->
        [one] ended for { $count } of { $total } device
       *[other] ended for { $count } of { $total } devices
    }
subs-group-soon =
    { $total ->
        [one] ends soon for { $count } of { $total } device
       *[other] ends soon for { $count } of { $total } devices
    }
subs-group-no-data =
    { $total ->
        [one] no data on { $count } of { $total } device
       *[other] no data on { $count } of { $total } devices
    }
subs-group-active = active for all until { $date }
subs-all-written-off = all devices are written off
subs-group-none = no devices have been connected
subs-group-devices =
    { $count ->
        [one] { $count } device
       *[other] { $count } devices
    }
subs-group-first = the first ended on { $date }
subs-group-platform = concerns all bases of this PC
subs-release-ended = { $version } is out, not covered
subs-release-covered = { $version } is out, covered
subs-release-unknown = { $version } is out; not known whether it is covered
subs-release-none = no newer versions
subs-empty-title = No subscriptions entered yet
subs-empty-what = Every mobile device and workstation has a subscription to updates. A version that came out after its end must not be installed: licences would fall into demo mode. Enter the dates, and this program says which versions can be installed.
subs-empty-where = The dates are shown in the licence manager and in your Cleverence web account. Save the list of the account as CSV and import it, or drop the file here; dates can be typed as well.
subs-empty-manager = The licence manager is in the platform's folder.
subs-unread-title = The list of subscriptions cannot be read
subs-unread-where = File: { $path }
subs-unread-what = As long as this is so, no date of it counts, and updates are stopped.
subs-unread-import = Mend the file and check for updates, or import the list anew: the former file is kept as { $path }.
subs-unread-mend = An administrator of this PC can mend that. As long as the list cannot be read, no import can replace it.
subs-no-match = Nothing found
subs-no-match-hint = Change the search or show all subscriptions
subs-no-groups = No base on this PC needs a subscription
at-hand-drop = Drop the file to see what it is and what it would update
at-hand-choose-title = Template or installer of Mobile SMARTS
at-hand-file-kind = Templates and installers
at-hand-title = File { $file }
at-hand-looking = Examining the file…
at-hand-template = template for bases
at-hand-platform = installer of the platform
at-hand-updater = installer of this program
at-hand-wizard = setup wizard of a product
at-hand-foreign-kind = installer
at-hand-company = { $company }, as the file itself says
at-hand-unread = the file cannot be read ({ $reason })
at-hand-no-installer = this is no Windows Installer package and no program for Windows
at-hand-foreign = This is neither the platform, nor a product's wizard, nor this program
at-hand-by-hand = If you are sure of this file, open it yourself
at-hand-no-version = The file does not say which version it is of
at-hand-not-here = What this file updates is not on this PC
at-hand-other-net = This is a build for another .NET: { $installed } is installed
at-hand-not-newer = { $installed } is installed, and the file is not newer
at-hand-not-back = This file does not bring a former version back
at-hand-not-checkable = Who signed this file cannot be checked here, so it is not started
at-hand-nobody-expected = The file is signed by { $signer }, but the settings do not say whose signature is needed
at-hand-name-publisher = An administrator can name the publisher in settings.toml: publisher = "…"
at-hand-unproved = the publisher's signature is not confirmed
at-hand-released = released { $date }
at-hand-proof = Proof: { $proof }
at-hand-product-unknown = product not stated
at-hand-version-unknown = version not stated
at-hand-bases = Which bases to update
at-hand-unfit = Not updated by this file
at-hand-none-fits = This file updates no base on this PC
at-hand-no-base = There is no base of { $product } on this PC
at-hand-here = Here: { $products }
at-hand-no-bases = No bases of Mobile SMARTS were found on this PC
subs-drop = Drop the file to see what would change in subscriptions
subs-told-imported = The list of subscriptions is imported.
subs-told-saved =
    { $count ->
        [one] The subscription's date is saved.
       *[other] The dates of { $count } subscriptions are saved.
    }
subs-told-removed = Record deleted: { $device }.
subs-told-written-off = No longer counted: { $device }.
subs-told-counted-again = Counted again: { $device }.
subs-told-copied =
    { $count ->
        [one] List for an invoice copied: { $count } line. Paste it into a letter.
       *[other] List for an invoice copied: { $count } lines. Paste it into a letter.
    }
subs-told-exported =
    { $count ->
        [one] { $path } is written: { $count } record.
       *[other] { $path } is written: { $count } records.
    }
subs-told-left-out =
    { $count ->
        [one] { $count } line of the list that cannot be read is not in it.
       *[other] { $count } lines of the list that cannot be read are not in it.
    }
subs-told-former = The former list is in { $path }.
subs-told-former-lines =
    { $count ->
        [one] { $count } line of the former list that could not be read is in { $path }.
       *[other] { $count } lines of the former list that could not be read are in { $path }.
    }
subs-show-file = Show in folder
subs-not-saved = subscriptions are not changed: { $reason }
subs-not-permitted = Windows did not get permission, subscriptions are not changed.
subs-not-asked = Windows could not be asked for an administrator's rights, subscriptions are not changed. Start the program as an administrator and try again.
subs-refused = Subscriptions are not changed (code { $code }). An update may be running, or somebody else is changing the list; details are in the program's log.
subs-not-exported = The file { $reason }
subs-invoice-title = Mobile SMARTS update subscriptions
subs-invoice-pc = Computer: { $pc }
subs-invoice-day = As of { $date }
subs-invoice-device = Device
subs-invoice-licence = Licence
subs-invoice-product = Product
subs-invoice-until = Subscription until
subs-invoice-state = State
subscriptions-file-kind = CSV table
subscriptions-file-name = subscriptions.csv
subscriptions-import-title = List of subscriptions
subscriptions-export-title = Where to save the list of subscriptions
subs-import-heading = Import subscriptions
subs-import-reading = Reading the list…
subs-import-comparing = Comparing with what there is…
subs-import-unread = The file cannot be used: { $reason }.
subs-import-columns = Which column means what
subs-import-columns-hint = The columns for device and end date are needed. Below are the first lines of the file.
subs-import-columns-show = Show columns
subs-import-columns-hide = Hide columns
subs-import-no-column = none
subs-import-column = column { $number }
subs-import-field-device = Device
subs-import-field-product = Product
subs-import-field-until = End date
subs-import-field-licence = Licence
subs-import-field-note = Note
subs-import-kept =
    { $count ->
        [0] There are no other records on the list.
        [one] { $count } more record about another device stays as it is.
       *[other] { $count } more records about other devices stay as they are.
    }
subs-import-replaces = The former list cannot be read ({ $reason }). It is kept as { $path }, and what it held does not count any more.
subs-import-consent = Put this list in place of the former one
subs-import-consent-missing = Confirm that the former list may be replaced
subs-import-list-unread = The former list cannot be replaced: { $reason }
subs-import-strangers =
    { $count ->
        [one] { $count } device of the file has not been connected to this PC: it is of another PC, was not connected yet, or is mistyped.
       *[other] { $count } devices of the file have not been connected to this PC: they are of another PC, were not connected yet, or are mistyped.
    }
subs-import-earlier =
    { $count ->
        [one] { $count } record gets an earlier date than it has.
       *[other] { $count } records get an earlier date than they have.
    }
subs-import-section-name = Which lines to show
subs-import-all = All
subs-import-unread-part = Not read { $count }
subs-import-changed = Changed { $count }
subs-import-removed = Removed { $count }
subs-import-added = New { $count }
subs-import-unchanged = Unchanged { $count }
subs-import-lines = What changes
subs-import-line = Line { $line }
subs-import-earlier-note = earlier than it was
subs-import-other = another licence or note
subs-import-confirm = Import
subs-import-confirm-asked = Import…
subs-import-running = Importing…
subs-import-missing = Choose the columns: { $fields }
subs-import-empty = The file holds no usable record
subs-import-same = Nothing to change: all of this is there
subs-edit-new = New subscription
subs-edit-record = Subscription: { $device }
subs-edit-several = Subscription renewed: new date
subs-edit-several-new = Date of the subscription
subs-edit-device = Device
subs-edit-device-hint = A mobile device by the name of its folder in Connections, a workstation by its computer name
subs-edit-stranger = No such device has been connected to a base of this PC. Check the name: of a mobile device that of its folder in Connections, of a workstation its computer name
subs-edit-choose = Choose…
subs-edit-choose-name = Choose a device of this computer
subs-edit-product = Product
subs-edit-until = Active until (inclusive)
subs-edit-until-hint = for example, 31.12.2027
subs-edit-licence = Licence
subs-edit-note = Note
subs-edit-which = Whose date to change
subs-edit-before = was until { $date }
subs-edit-before-none = no data
subs-edit-earlier = That is earlier than it was: { $date }.
subs-edit-replaces = There is a record about this device and product already (until { $date }); it is replaced.
subs-edit-exists = There is a record about this device and product already, until { $date }. Edit that one.
subs-edit-changed = Somebody else has changed the record meanwhile: now until { $date }. Open it again.
subs-edit-gone = There is no such record any more: somebody else has deleted it meanwhile.
subs-edit-outvotes = The date for all products outvotes these records: { $names }.
subs-edit-outvoted = { $name } (until { $date })
subs-edit-already = This date has passed: the subscription stays ended.
subs-edit-list-unread = The list of subscriptions cannot be read. Mend it or import it anew first
subs-edit-nothing-chosen = Tick at least one device
subs-edit-same = Nothing is changed
subs-save = Save
subs-save-asked = Save…
subs-saving = Saving…
subs-remove-title = Delete the record of a subscription?
subs-remove-text = { $what }: the record until { $date } goes from the list. If the device connects to bases of this PC, there is no data on its subscription again.
subs-remove-yes = Delete
subs-write-off-title = Do not count { $device }?
subs-write-off-text = This device's subscription will not stand in the way of updates any more. If it connects to a base again, it counts again. Who wrote it off, and when, stays in the journal.
subs-write-off-yes = Do not count
subs-count-again-title = Count { $device } again?
subs-count-again-text = This device's subscription decides again which versions can be installed. This stays in the journal.
subs-count-again-yes = Count
check-not-covered = not covered by the subscription
check-no-subscription-data = { $count ->
    [one] Subscription: no data for { $count } line. What is known, smarts subscription list shows
   *[other] Subscription: no data for { $count } lines. What is known, smarts subscription list shows
}

### The tab "History"

tab-history = History
tab-settings = Settings
tab-diagnostics = Diagnostics
history-count =
    { $count ->
        [one] { $count } entry
       *[other] { $count } entries
    }
history-count-shown = { $shown } of { $count } shown
history-title-none = History of updates
history-span = from { $since } to { $until }
history-reading = Reading the history…
history-refresh = Refresh the list
history-refreshing = Reading…
history-open-file = Open a log file…
history-export = Save as CSV…
history-tools = Filter
history-base = Base or program
history-all-bases = All bases and programs
history-person = Who updated
history-all-people = Anybody
history-period = Period
history-period-all = All the time
history-period-year = A year
history-period-month = 30 days
history-period-week = 7 days
history-foreign = Show other software
history-search = Find…
history-search-name = Find in the history
history-list = History of updates
history-when = Date and time
history-head-when = Date, level
history-head-source = Source, event, PC
history-head-versions = From and to, result
history-head-who = Who, account
history-versions = Versions
history-unknown = not known
history-begun-at = Begun
history-manufacturer = Publisher
history-status = Installer's status
history-restart = Restart
history-reboot-needed = was needed
history-package = File
history-proof = Proof
history-sha256 = SHA-256
history-product-code = Product code
history-copy = Copy made before
history-head-what = Base or program
history-open-copy = Open the copy's folder
history-copy-text = Copy
history-exported =
    { $count ->
        [one] The file { $path } was written: { $count } entry.
       *[other] The file { $path } was written: { $count } entries.
    }
history-no-folder = This folder is gone: { $path }
history-entry = Entry of the history
history-close-entry = Hide the details
history-banner = Event log of the file { $file }, with what this program recorded on this PC
history-back = Back to this PC
history-log-not-here = There is no event log of Windows here: this is what this program recorded.
history-cut-window = These are the latest { $count }; "smarts history --until YYYY-MM-DD" shows older ones.
history-failed-title = The history could not be read
history-again = Try again
history-empty-hint = Every update will be listed here: who, when, from which version to which, and how it ended.
history-empty-file = This file has nothing about Mobile SMARTS
history-empty-file-hint = Other software can be shown, too, or another file opened. The Application log is what is needed.
history-none-hint = Bases, programs, people, versions, event IDs and details are searched.
history-drop = Drop the file to see what this log has about updates
history-not-exported = The file { $path } was not written ({ $reason })
history-file-kind = Event log of Windows
history-file-name = history.csv
history-open-title = Exported event log
history-export-title = Where to save the history
### Copies of bases and going back

copy-before-update-to = before the update to { $version }
copy-before-update = before an update
copy-by-hand = made by hand
copy-before-going-back = before going back
copy-unreadable = the description of the copy cannot be read
copy-open = others than administrators may have written the copy
copy-theirs = not made by this program
copy-unfinished = not finished
cli-backup-id = Copy
cli-backup-base = Base
cli-backup-version = Version
cli-backup-size = Size
cli-backup-why = What for
cli-backup-none = There are no copies of bases yet: { $path }
cli-backup-unread = The folder with the copies cannot be read: { $path } ({ $reason })
cli-backup-unknown = There is no copy “{ $id }”. smarts backup list shows their ids
cli-backup-cut-off = base “{ $name }”: going back on { $time } was cut off; repeat the command, which finishes or undoes it first. The copy: { $folder }
cli-backup-copying = copying
cli-backup-checking = checking
cli-backup-will-copy = base “{ $name }”, { $size }, is copied to the folder { $folder }
cli-backup-would-go =
    { $count ->
        [one] afterwards { $count } older copy is one too many:
       *[other] afterwards { $count } older copies are too many:
    }
cli-backup-confirm-delete = Delete them once the new copy is there?
cli-backup-made = Copied and checked: { $folder }, { $size }
cli-backup-deleted = Deleted an older copy: { $id }
backup-clash = the copy has another name that differs from { $path } in letter case only, and the base has not got both
backup-damaged = the copy was damaged: { $path }
backup-last-good = an older copy stays: the newest copy of the base is not complete, and this one may be needed ({ $path })
backup-open = others than administrators may have written the copy, so it is not believed: { $path }
backup-not-deleted = the copy was not deleted: { $path } ({ $reason })
cli-back-copy = the copy of { $time }, made by { $who }
cli-back-part = only the files that the update replaced come back; documents, settings and licences of the days since stay
cli-back-whole = all of the base goes back
cli-back-replaced =
    { $count ->
        [one] { $count } file becomes what it was:
       *[other] { $count } files become what they were:
    }
cli-back-brought =
    { $count ->
        [one] { $count } file or folder comes back:
       *[other] { $count } files or folders come back:
    }
cli-back-removed =
    { $count ->
        [one] { $count } file or folder that the copy does not have goes:
       *[other] { $count } files or folders that the copy does not have go:
    }
cli-back-vanish =
    { $count ->
        [0] nothing that was done after { $time } is lost
        [one] { $count } file that came or changed after { $time } is lost:
       *[other] { $count } files that came or changed after { $time } are lost:
    }
cli-back-documents =
    { $count ->
        [one] { $count } of them is a document
       *[other] { $count } of them are documents
    }
cli-back-copied-first = what the base is now is copied first, to the folder { $folder }
cli-back-without = not touched: { $names }
cli-back-confirm = Go back?
cli-back-declined = Cancelled, the base is as it was
cli-back-reading = comparing
cli-back-laying = what is put back is laid ready
cli-back-putting = putting back
cli-back-undoing = it failed, and what was changed is undone
cli-back-nothing = { $name }: nothing to put back, all is as in the copy
cli-back-done = { $name }: back on version { $version }
cli-back-done-works = { $name }: back on version { $version }, { $works }
cli-back-present = What it was before: { $folder }
cli-back-unrecorded = it is not in the journal
cli-back-not-ours = This program does not put back from this copy ({ $state }): { $folder }
back-untouched = the base was not changed
back-not-here = the base is not in the list, or not on this PC
back-other-base = the copy is of a base that lay in another folder: { $folder }
back-other-computer = the copy was made on another PC: { $computer }. If this PC had that name before, put the files back from the folder of the copy by hand
back-elsewhere = the copy does not lie in the folder for copies: { $folder }
back-nothing-known = it is not known what an update changed after this copy; only all of the base can go back, with --whole
back-other-version = something else has changed the base after this update, it is on { $version } now; go back from a newer copy first, or put all of the base back with --whole
back-other-than-shown = the base changed while you were reading; repeat the command
back-half = going back failed half-way, the base cannot be worked with yet:
back-half-way = an earlier change of the base was cut off, and it could not be brought to an end; close the programs that work with the base, and repeat the command, or put all of the base back with --whole
back-again = the copy is whole: close the programs that work with the base, and repeat the command; if that does not help, put all of the base back with --whole
history-copied = copied by hand
history-copy-deleted = an older copy was deleted
history-going-back = going back was begun and not finished
history-went-back = the files that the update replaced were put back
history-went-back-whole = all of the base was put back from the copy
history-not-gone-back = not everything was put back

### Going back in the window

going-back-menu = Go back to a former version…
going-back-title = Go back to a former version of “{ $name }”
going-back-listing = Looking for copies of the base…
going-back-none = There are no copies of this base yet
going-back-none-hint = The program makes one by itself before every update and keeps them in { $folder }
going-back-copies = From which copy
going-back-copy = { $time }, version { $version }
going-back-by = made by { $user }
going-back-open-copy = Open the copy’s folder
going-back-open-all = Open the folder of copies
going-back-refused-unreadable = Its description cannot be read, so it is not used: { $reason }
going-back-refused-open = Others than administrators may have written this copy, so it is not believed and no base is put back from it
going-back-refused-theirs = It has no description, so it cannot be checked: going back from it is possible by hand only
going-back-refused-unfinished = The copy is not complete and is not used
going-back-way = What to put back
going-back-part = Only the files that the update replaced
going-back-part-hint = Documents, settings and licences that have come since stay
going-back-part-dead = This copy was not made before an update: only the whole base can be put back from it
going-back-whole = The whole base from the copy
going-back-whole-hint = Everything done in the base since the copy is lost; its present state is copied first
going-back-comparing = Comparing the base with the copy…
going-back-comparing-amount = Comparing the base with the copy: { $amount }
going-back-nothing = Nothing to put back: everything is as in the copy
going-back-replaced =
    { $count ->
        [one] { $count } file becomes what it was:
       *[other] { $count } files become what they were:
    }
going-back-brought =
    { $count ->
        [one] { $count } file or folder comes back:
       *[other] { $count } files or folders come back:
    }
going-back-removed =
    { $count ->
        [one] { $count } file or folder that the copy does not have goes:
       *[other] { $count } files or folders that the copy does not have go:
    }
going-back-lost =
    { $count ->
        [one] { $count } file made or changed after { $time } is lost:
       *[other] { $count } files made or changed after { $time } are lost:
    }
going-back-lost-part =
    { $count ->
        [one] { $count } file changed after the update is lost:
       *[other] { $count } files changed after the update are lost:
    }
going-back-lost-short =
    { $count ->
        [one] { $count } file is lost
       *[other] { $count } files are lost
    }
going-back-lost-documents =
    { $count ->
        [one] { $count } of them is a document
       *[other] { $count } of them are documents
    }
going-back-lost-none = Nothing done after { $time } is lost
going-back-present = First the present state of the base, { $size }, is copied to { $folder }
going-back-no-room = The copy of the present state needs { $size } in { $folder }, where { $free } are free
going-back-no-room-hint = Free some space on the disk and open this window again
going-back-without = Left as it is: { $names }
going-back-again = Look again
going-back-confirm = Go back
going-back-confirm-asked = Go back…
going-back-copy-now = Make a copy now
going-back-copy-asked = Make a copy now…
going-back-why-download = Finish the download for this base first
going-back-why-none = Choose a copy
going-back-why-looking = Finding out what will change…
going-back-why-fault = Not possible like this, see above
going-back-why-room = Not enough room for the copy
going-back-why-nothing = Nothing to put back
going-back-question = Make a copy of “{ $name }”
going-back-question-text = The copy takes { $size } in { $folder }.
going-back-too-many =
    { $count ->
        [one] After it { $count } older copy is too many:
       *[other] After it { $count } older copies are too many:
    }
going-back-delete = Delete what is too many once the new copy is made and checked
going-back-question-confirm = Make a copy
going-back-question-confirm-asked = Make a copy…
going-back-question-back = Back
going-back-nothing-known = what the update changed after this copy is not known
going-back-next-whole = Choose “The whole base from the copy”
going-back-other-version = something else has changed the base since that update: it is on { $version } now
going-back-next-newer = Go back from the newer copy first, or choose “The whole base from the copy”
going-back-other-than-shown = the base has changed while you were reading
going-back-next-again = Open “Go back to a former version…” once more
going-back-next-other = Choose another copy
going-back-next-link = Take that out of the base’s folder and look again
going-back-half = not everything was put back
going-back-half-way = an earlier change of the base broke off and could not be brought to an end
going-back-next-half = Close the programs that work with the base and choose “The whole base from the copy”
going-back-half-files =
    { $count ->
        [one] { $count } file was not put back: { $names }
       *[other] { $count } files were not put back: { $names }
    }
going-back-next-same = Close the programs that work with the base and go back from the same copy once more
going-back-copies-stay = The former copies are intact
going-back-not-agreed = what you agreed to did not reach the program with administrator rights
going-back-broke-off = the work broke off before it began: the program with administrator rights closed too early
going-back-broke-off-half = going back broke off half-way
going-back-broke-off-undone = going back failed, and the program with administrator rights closed before it said why
going-back-broke-off-settled = going back was not begun: an earlier change of the base was settled first, and then the program with administrator rights closed too early
going-back-as-before = The base is what it was before going back. The copy is whole: { $folder }
life-copies-preparing = checking whether it can begin
life-comparing = the base is compared with the copy, { $amount }
life-laying = files out of the copy are laid ready, { $amount }
life-undoing = it failed, the base becomes what it was
life-putting-back = files are put back from the copy
life-went-back = Back on version { $version } · { $time }
life-went-back-unknown = The base was put back from the copy · { $time }
life-went-back-part = documents, settings and licences stayed
life-went-back-whole = the state before that is kept in a copy
life-not-gone-back = Going back failed: { $reason }
life-copied = Copy made, { $size } · { $time }
life-copied-checked = it was checked; the former copies are still there
life-copied-removed =
    { $count ->
        [one] it was checked; { $count } former copy was deleted
       *[other] it was checked; { $count } former copies were deleted
    }
life-not-copied = No copy was made: { $reason }
button-stop-copies-name = Stop: { $name }
button-back-again-name = Go back to a former version: { $name }
link-open-copy = Open the copy
link-open-copy-name = Open the copy’s folder: { $name }
failure-title-back = Going back to a former version failed: { $name }
failure-title-copy = No copy was made: { $name }
leave-copies = The base and its copy are being worked on. The window can be closed when that has ended: it must not be interrupted.

## Settings

settings-column-key = Setting
settings-column-value = Value
settings-column-from = From
settings-is-set = set
settings-is-default = default
settings-stored-in = Settings are stored in { $path }
settings-root-installed = The trusted root is installed: from now on only what it vouches for counts
settings-root-stays = The former trusted root could not be put back, { $path } is the new one ({ $reason })
settings-root-unread = The file { $path } was not read: { $reason }
settings-root-none = { $path } is not the root of a signed source: { $reason }
settings-untrusted = The settings were not changed: others than administrators can change the file { $path }. Look at what is in it and delete it; settings are then written anew.
settings-root-changed = The file { $path } has changed since it was shown. Choose it again.
settings-wrong-number = A whole number from { $from } to { $to }.
settings-wrong-number-up = A whole number, { $from } or more.
settings-wrong-word = One of these words: { $words }.
settings-wrong-hours = Hours such as 21:00-23:00 or mon-thu 21:00-23:00.
settings-wrong-source = An https://… address or the full path of a folder, such as \\server\mirror.
settings-wrong-mirrors = https://… addresses or full paths of folders, separated by semicolons.
settings-wrong-login = An address without a name and a password, hence without @: everybody on this PC can read the settings.
settings-wrong-plain = An https://… address; http on another PC only together with a trusted root.
settings-wrong-proxy = The address of a proxy, such as http://proxy.shop:3128.
settings-wrong-proxy-login = The proxy's address without a name and a password: the name is a setting of its own, the password is asked for and kept.
settings-wrong-user = A name without a colon and a password, such as DOMAIN\name.
settings-wrong-file = The full path of a file, such as C:\Certificates\company.pem.
settings-wrong-folder = The full path of a folder, such as D:\Copies or \\server\folder.
settings-wrong-folders = Names of folders in a base's root, without paths, separated by semicolons.
leave-settings =
    { $count ->
        [one] { $count } change of the settings is not saved. It is lost if the window is closed.
       *[other] { $count } changes of the settings are not saved. They are lost if the window is closed.
    }

settings-parts = Parts of the settings
settings-part-changed = { $name }, changed
settings-part-wrong = { $name }, entered wrong
settings-group-source = Source
settings-group-network = Network
settings-group-background = Background check
settings-group-updating = Who updates
settings-group-subscriptions = Subscriptions
settings-group-copies = Copies of bases
settings-group-downloads = Downloads
settings-group-reports = Reports
settings-group-look = Window
settings-about-source = Where new versions come from, and what this program believes.
settings-about-network = How the program reaches the source.
settings-about-background = When the program looks for new versions by itself, and whom it tells.
settings-about-updating = Who is offered to update, and whom the others can ask.
settings-about-subscriptions = What to do where nothing is known of a subscription, and when to warn of its end.
settings-about-copies = A base is copied before each update; where to, and how many copies are kept.
settings-about-downloads = Where files of new versions go, and how fast.
settings-about-reports = Reports for the company: they show what is installed on all PCs.
settings-about-look = What you choose for yourself counts at once, and in your window only.
settings-reading = Looking which settings are in force…
settings-locked = Only an administrator of this PC can change this. What is in force now is shown here.
settings-ignored = Others than administrators can change the file { $file }, so it is not used: the defaults are in force. Look at what is in it and delete it.
settings-ignored-save = Delete that file first, or what others wrote into it would begin to count.
settings-unknown = The settings file has keys that mean nothing: { $keys }. They are not used and stay in the file.
settings-broken = The settings file is not understood
settings-unread = The file { $path } cannot be read: { $reason }
settings-unparsed = There is a mistake in { $path }: { $reason }
settings-unwritten = { $path } could not be written: { $reason }
settings-unsaid-secret = The address holds a name, a password or parameters that are not shown here. To keep them, change the setting in the settings file or go back to the default.
settings-unsaid-separator = The name of a folder holds a semicolon, which separates names. Change the setting in the settings file or go back to the default.
settings-broken-hint = Until it is put right, nothing is changed here and the file is not written.
settings-open-folder = Open folder
settings-open-folder-name = Open the folder with the file { $path }
settings-for-all = The settings of this part are the same for everybody on this PC.
settings-for-me = These are yours alone; no administrator's rights are needed.
settings-reset = Default
settings-reset-name = Back to the default: { $name }
settings-reset-to = Default: { $value }
settings-changed = changed
settings-key = In the settings file and in “smarts settings”: { $key }
settings-now = Now: { $what }
settings-choose-folder = Choose a folder…
settings-choose-file = Choose a file…
settings-choose-name = Choose: { $name }
settings-pem-kind = PEM certificates
settings-root-kind = Trusted root (root.json)
settings-root-title = Trusted root
settings-unit-days = days
settings-unit-copies = copies
settings-unit-kib-s = KiB/s
settings-unit-tries = times
settings-unit-versions = versions
settings-no-limit = no limit
settings-kib-s = { $count } KiB/s
settings-proxy-address = Address of the proxy
settings-discard = Discard changes
settings-unsaved =
    { $count ->
        [one] { $count } change is not saved
       *[other] { $count } changes are not saved
    }
settings-some-wrong = Wrong: { $name }
settings-will-restart = Some changes count from the next start of the window.
settings-restart = Saved. Some changes count from the next start of the window.
settings-restart-hint = Close the window and open it again; the background check takes them up by itself.
settings-root = Trusted root
settings-root-hint = The root.json of your company or vendor. Where there is one, only what it vouches for counts.
settings-root-no = None: a source is believed by https and by signatures of files.
settings-root-since = Version { $version } is in force, written { $since }, valid until { $until }.
settings-root-in-force = Version { $version } is in force, valid until { $until }.
settings-root-unusable = the trusted root cannot be used, so nothing is downloaded: { $reason }
settings-root-chosen = { $path } will be installed: version { $version }, valid until { $until }, SHA-256 { $digest }…
settings-root-choose = Choose root.json…
settings-root-leave = Do not install
settings-root-stored = Stored in { $path }
settings-own-language = Language of the window
settings-own-language-hint = The texts of the window change at once, messages about work and the diagnostics with the next start.
settings-own-language-usual = As on this PC
settings-russian = Русский
settings-english = English
settings-theme = Theme
settings-theme-hint = Light or dark; as the system has it, it changes along with it.
settings-theme-system = As the system
settings-theme-light = Light
settings-theme-dark = Dark
settings-scale = Scale
settings-scale-hint = On top of the screen's own scale. The same as Ctrl with plus or minus.
settings-scale-other = Now { $scale } %, chosen by Ctrl with plus or minus.
settings-motion = Motion
settings-motion-hint = Smooth changes in the window. Without them it is lighter for a remote desktop.
settings-motion-system = As the system
settings-motion-on = Show
settings-motion-off = No motion

setting-source = Address or folder
setting-source-hint = A site or a folder with the tree of updates. Empty: the vendor's site.
setting-source-default = the vendor's site
setting-mirrors = Mirrors
setting-mirrors-hint = Where else the same files are, separated by semicolons. They are asked for files only, when the source does not give them.
setting-mirrors-default = none
setting-publisher = Publisher of installers
setting-publisher-hint = Whose Windows signature installers have to bear, whatever the source says.
setting-publisher-default = as the source says
setting-resigned-by = Who signs anew
setting-resigned-by-hint = A company that puts its own signature on installers; its signature counts as well.
setting-resigned-by-default = nobody
setting-proxy = Proxy
setting-proxy-hint = The way out to the network. The password is not entered here: the program asks for it when the proxy wants it. “smarts proxy set-password” keeps it for everybody.
setting-proxy-system = As the system
setting-proxy-environment = From the environment
setting-proxy-none = No proxy
setting-proxy-manual = An address
setting-proxy-user = Name for the proxy
setting-proxy-user-hint = The name to log in with, such as DOMAIN\name.
setting-proxy-user-default = not set
setting-ca-file = Certificates of the company
setting-ca-file-hint = A PEM file with certificates that count besides the system's: where a gateway of the company looks into traffic.
setting-ca-file-default = the system's only
setting-offline = PC without network
setting-offline-hint = The window does not check by itself, and shows how old its facts are in place of errors. Updates are brought in a folder.
setting-offline-no = Has a network
setting-offline-yes = No network
setting-check-hours = How often
setting-check-hours-hint = Hours between two checks. Each PC has its own minute, so that not all come at once.
setting-working-hours = Working hours
setting-working-hours-hint = Check in these hours only; in others the check waits.
setting-working-hours-on = In working hours only
setting-working-hours-default = at any time
setting-notify = Who is told
setting-notify-hint = Who sees a message and an icon when a new version is out.
setting-notify-admins = Administrators
setting-notify-all = Everybody
setting-notify-none = Nobody
setting-maintenance = Maintenance hours
setting-maintenance-hint = In these hours the person is reminded of what is not installed yet.
setting-maintenance-on = Remind in certain hours
setting-maintenance-default = not set
setting-who-may-update = Who is offered to update
setting-who-may-update-hint = Windows asks for an administrator's permission in any case.
setting-who-may-update-admins = Administrators
setting-who-may-update-all = Everybody, with an administrator's password
setting-administrator = Whom to ask
setting-administrator-hint = A name and a telephone number, shown to those who may not update.
setting-administrator-default = not given
setting-subscription-unknown = Where nothing is known of a subscription
setting-subscription-unknown-hint = Whether a new version is covered cannot always be told: a device may have no record, or a release no date.
setting-subscription-unknown-warn = Warn
setting-subscription-unknown-stop = Do not install
setting-subscription-warn-days = Warn of a subscription's end
setting-subscription-warn-days-hint = How many days before. 0: only once it has ended.
setting-backup-dir = Folder for copies
setting-backup-dir-hint = Empty: the platform's folder. Another disk than that of the bases is better.
setting-backup-dir-default = the platform's folder
setting-backups-per-base = Copies of each base
setting-backups-per-base-hint = What is too many is deleted only if you agreed to that before an update.
setting-backups-share-of-disk = Share of the disk
setting-backups-share-of-disk-hint = All copies together may take this much of their disk.
setting-backup-without = What is not copied
setting-backup-without-hint = Folders in a base's root that are in no copy, separated by semicolons. Empty: everything is copied.
setting-backup-without-default = nothing
setting-downloads-dir = Folder for downloads
setting-downloads-dir-hint = Empty: each person's own Downloads. In a folder given here each person has one of their own.
setting-downloads-dir-default = each person's Downloads
setting-download-limit-kib-s = Speed
setting-download-limit-kib-s-hint = All downloads together go no faster. 0: no limit.
setting-download-tries = Tries in a row
setting-download-tries-hint = How often to try where a download does not get on. What has arrived is not lost.
setting-keep-downloads = Older versions to keep
setting-keep-downloads-hint = How many older versions of each product stay in the folder for downloads, to go back to.
setting-report-dir = Folder for reports
setting-report-dir-hint = A shared folder where each check leaves a report of this PC. “More” → “Open a folder of reports…” shows them all.
setting-report-dir-default = no reports
setting-language = Language of the programs
setting-language-hint = For everybody on this PC: window, messages and command line. Each person chooses the language of their own window above.
setting-language-default = As the system
setting-language-ru = Русский
setting-language-en = English
setting-renderer = How the window is drawn
setting-renderer-hint = Worth changing only if the window does not open or is drawn wrong.
setting-renderer-auto = Automatically
setting-renderer-direct3d = Direct3D
setting-renderer-opengl = OpenGL

## Diagnostics

tab-diagnostics-count =
    { $count ->
        [one] Diagnostics, { $count } needs attention
       *[other] Diagnostics, { $count } need attention
    }
diagnostics-title = Diagnostics
diagnostics-hint-restart = The former settings were looked at: new ones count once the program is opened again.
diagnostics-hint = How the program works on this PC, and whether it sees the source of updates.
diagnostics-running = Looking: { $done } of { $total }
diagnostics-starting = Looking…
diagnostics-stopped = Stopped: { $sum }
diagnostics-again = Look again
diagnostics-stop = Stop
diagnostics-copy-all = Copy all
diagnostics-copy-one = Copy: { $title }
diagnostics-to-look-at = Needs attention:
diagnostics-show = Show: { $title }
diagnostics-copy-rule = Copy the rule
diagnostics-report = Report for support…
diagnostics-open-log = Open the log's folder
diagnostics-pending = Being looked at…
diagnostics-row-name = { $title }: { $state }. { $text }
diagnostics-state-ok = Fine
diagnostics-state-neutral = For information
diagnostics-state-attention = Needs attention
diagnostics-state-unknown = Could not be looked at
diagnostics-broke = Looking broke off: the program's log has the details
diagnostics-saving = Putting the report together…
support-title = Save a report for support
support-file-kind = ZIP archive
support-name = smarts-report.zip
support-not-written = The report was not saved to { $path }: { $reason }
support-next = Choose another folder: there may be no room or no right to write on this disk
support-written = Report saved: { $path }

diagnose-mark-neutral = for information
diagnose-sum-fine = all is well
diagnose-sum-attention =
    { $count ->
        [one] { $count } needs attention
       *[other] { $count } need attention
    }
diagnose-sum-unknown = { $count } could not be looked at
diagnose-group-source = Source and network
diagnose-group-program = This program
diagnose-group-files = Folders and records
diagnose-group-background = In the background
diagnose-group-pc = This PC
diagnose-title-source = Source of updates
diagnose-title-trust = Trust in the source
diagnose-title-proxy = Proxy
diagnose-title-proxy-port = Connection to the proxy
diagnose-title-ca-file = Certificates of the company
diagnose-title-name = Name of the server
diagnose-title-port = Port { $port }
diagnose-title-own-port = Port of the source
diagnose-title-tls = Secure connection
diagnose-title-answer = Answer of the source
diagnose-title-source-folder = Folder of the source
diagnose-settings-changed = the settings were changed: they count once the program is opened again
diagnose-title-second-host = Second server of the source
diagnose-title-firewall = Rule for the firewall
diagnose-title-vendor-address = Address in the instruction
diagnose-title-clock = Clock
diagnose-title-program = Version of the program
diagnose-title-signature = Signature of the program
diagnose-title-settings = Settings
diagnose-title-policy = Who updates
diagnose-title-renderer = Drawing the window
diagnose-title-folder = Machine-wide folder
diagnose-title-state-folder = State folder
diagnose-title-downloads = Downloads folder
diagnose-title-backups = Folder of copies
diagnose-title-log = Log of the program
diagnose-title-journal = Journal of updates
diagnose-title-changes = Changes of bases
diagnose-title-task = Task SmartsUpdate
diagnose-title-last-check = Last check
diagnose-title-event-log = Windows event log
diagnose-title-event-source = Records in the event log
diagnose-title-windows = Windows
diagnose-title-platform = Platform
diagnose-title-bases = Mobile SMARTS bases
diagnose-title-rights = Rights
diagnose-title-reboot = Restart

diagnose-source-https = by https alone
diagnose-stopped = looking was stopped
diagnose-late = there was no answer in time
diagnose-broke = looking broke off, the program's log has the details
diagnose-check-failed = the last check { $when } failed
diagnose-check-failed-since = First failure: { $since }
diagnose-folder-not-reached = the folder cannot be reached: neither it nor the disk or share that it should be on is there
diagnose-millis = { $count } ms
diagnose-name = the name { $host } was found
diagnose-no-name = the name { $host } is not found
diagnose-name-late = the name server did not answer about { $host }
diagnose-port-open = port { $port } is open ({ $time })
diagnose-port-refused = port { $port }: the connection is refused
diagnose-port-late = port { $port } does not answer
diagnose-port-unreached = port { $port } cannot be reached
diagnose-port-name-late = port { $port } cannot be looked at: the name server did not answer
diagnose-closed-refused = the connection is refused
diagnose-closed-no-name = the name is not found
diagnose-closed-name-late = the name server did not answer
diagnose-port-no-name = port { $port } cannot be looked at: there is no such name
diagnose-name-written = the source is named by its address { $host }, no name is needed
diagnose-port-not-needed = the program does not need it, but the vendor's instruction names it too
diagnose-proxy-open = the proxy { $proxy } can be reached ({ $time })
diagnose-proxy-closed = the proxy { $proxy } cannot be reached
diagnose-answer = { $host } answers ({ $time })
diagnose-answer-status = { $host } answers, but gives no list of versions: status { $status }
diagnose-tls = the connection is secure, and the host is what it says
diagnose-tls-ends-soon = the connection is secure; the host's certificate ends soon, and those who run the host will renew it
diagnose-tls-inspected = the connection is secure; { $product } looks into it
diagnose-tls-inspected-unbelieved = { $product } looks into the connection, and this PC does not trust its certificate
diagnose-tls-self-signed = { $host } has issued its certificate itself
diagnose-tls-not-seen = the host's certificate cannot be reached
diagnose-tls-broken = the host's certificate cannot be read
diagnose-tls-nobody = without a name
diagnose-tls-issued = Certificate issued by: { $issuer }. To: { $subject }. Valid until { $until }
diagnose-tls-issued-ended = Certificate issued by: { $issuer }. To: { $subject }. Was valid until { $until }
diagnose-firewall = the firewall has to allow
diagnose-firewall-none = the source is on this PC: no rule is needed
diagnose-firewall-ports = 80, 443
diagnose-firewall-rule = { $host } ({ $addresses }): outgoing TCP, ports { $ports }
diagnose-firewall-rule-unresolved = { $host }: outgoing TCP, ports { $ports }
diagnose-firewall-rule-proxy = From this PC: outgoing TCP to the proxy { $proxy }
diagnose-firewall-rule-of-proxy = From the proxy: { $host }, outgoing TCP, ports { $ports }
diagnose-vendor-address = the vendor's instruction names the address { $address }
diagnose-vendor-address-same = the vendor's instruction names the address { $address }, which is among the present ones
diagnose-vendor-address-other = the vendor's instruction names the address { $address }, the server has another one now: { $now }. Addresses change, so allowing the name is safer
diagnose-source-folder = the folder of the source can be read
diagnose-source-folder-bare = the folder can be read, but there are no updates in it
diagnose-no-source-folder = the folder of the source does not open
diagnose-clock = the clock is right: { $by } off the server’s
diagnose-clock-by-server = by the server's time
diagnose-clock-slow = the clock of this PC is { $by } slow
diagnose-clock-fast = the clock of this PC is { $by } fast
diagnose-clock-unknown = the clock could not be compared
diagnose-clock-no-date = the server does not say what time it is
diagnose-clock-alone = there is nothing to compare the clock with: the source is on no server
diagnose-clock-not-behind = the clock is not behind the last signature of the source
diagnose-off-seconds = { $count } s
diagnose-off-minutes = { $count } min
diagnose-off-hours = { $count } h
diagnose-off-days = { $count } d
diagnose-state-folder = the state folder can be used
diagnose-backups = the folder of copies is there
diagnose-no-backups = the folder of copies will appear with the first copy
diagnose-free = { $size } free
diagnose-folder-unreadable = the folder is there and cannot be read
diagnose-folder-not-writable = the folder cannot be written to
diagnose-folder-unsure = whether the folder can be written to could not be told
diagnose-little-room = there is little room on the disk

advice-install-again = Install the program again as an administrator
advice-settings-broken = Mend settings.toml as an administrator: with such a file the program checks for no updates
advice-settings-open = Let nobody but administrators change this file; until then the defaults are in force
advice-settings-unknown = Mend or remove these keys; the other settings are in force
advice-restart = Close the program and open it again
advice-source = Let nobody but administrators change common.config, or name the source in the settings
advice-trust = Ask an administrator to install the right root.json and to keep others from changing it
advice-proxy = Name the proxy and its login in the settings: the program does not run scripts that choose a proxy
advice-ca-file = Mend the setting ca_file: it wants a PEM file that nobody but administrators can change
advice-platform = Install the Mobile SMARTS platform, or see whether this is the right PC
advice-bases = Open the base manager and look at the bases named: their folders and description files
advice-task = Bring the task back: “More” → “Scheduled check…”, or smarts schedule install
advice-last-check = Check for updates now, and see what was not read
advice-never-checked = Check for updates for the first time
advice-reboot = Restart the PC before you update
advice-renderer = If the window does not open, update the graphics driver or choose another way of drawing in the settings
advice-open-window = Open the program's window once
advice-journal = Do not delete the journal; save a report and send it to support
advice-changes = Restart the PC or begin the next update: it finishes or undoes what was begun
advice-windows = Update Windows: the program has not been tried on this version
advice-folder = See that the folder is there, can be read and written to, and that the disk has room
advice-folder-not-reached = Connect the disk or the network, or name another folder in the settings
advice-free-space = Free some room on the disk
advice-support = Save a report and send it to support
advice-unread = Look at the rights to the registry and the files of Mobile SMARTS, and try again
advice-on-windows = This can be seen on a real Windows PC only
advice-again = Look again
advice-name = Look at the network and the name server (DNS); if a proxy is the only way out, name it in the settings
advice-port = Allow it in the firewall: the rule below can be copied
advice-proxy-port = Look at the proxy's address, and allow the connection to it
advice-answer = Look at the source's address in the settings; if it is right, tell those who run the source
advice-way = Begin with the first line that needs attention: name, port, proxy
advice-tls = Tell those who run the host or the network. A connection that is not proved is not used
advice-tls-issuer = If your company looks into secure connections, name its certificate in the setting ca_file. If not, do not update from this network
advice-tls-inspected = Leave the source's host out of the inspection, or name that product's certificate in the setting ca_file
advice-tls-time = Set the clock right first; if it is right, tell those who run the host
advice-clock = Set date and time right, and turn their synchronisation on
advice-clock-unknown = Look at date and time yourself
advice-second-host = Look at the network and at CustomUpdatePath: descriptions of versions and the files themselves lie on different servers
advice-source-address = Name an address that begins with https://, or a folder, in the settings. By http a source is reached only with a trusted root
advice-source-folder = Look at the path of the folder, the network, and your rights to it
advice-source-folder-bare = Name the folder that holds updates

## Details of a row

menu-details = Details
menu-sooner = Download before the others
life-in-queue = in the queue, number { $place }
download-all = Download all · { $count }
download-all-size = Download all · { $size }
download-all-name =
    { $count ->
        [one] Download { $count } update
       *[other] Download { $count } updates
    }
download-all-tip = Only downloads: every update is installed on its own and with your consent
sort-title = Order of bases
sort-name = Order of bases: { $sort }
sort-machine = as in the base manager
sort-state = those that can be updated first
sort-by-name = by name
sort-product = by product
sort-installed = older versions first
sort-last-seen = by the last connection of a device

details-name = Details: { $name }
details-close = Close details
details-versions = Versions
details-subscription = Subscription
details-replaced = What the update replaces
details-replaced-template = Files of the base that the template of the new version has. Which ones, and what of them was changed by hand, is shown before it is installed, once the file is here. The base is copied before that.
details-replaced-wizard = The file of the new version is a setup wizard: it does not change the base, it brings a new template. Which bases to update from that is asked after the wizard.
details-replaced-platform = The platform's programs on this computer. While it is updated, its bases do not work.
details-replaced-updater = Files of this program. Bases and platform stay as they are.
details-folder = Where it lies
details-kind-exchange = Exchange through the Internet
details-kind-remote = A base of another computer
details-kind-cloud = A base in the cloud
details-devices = Devices of this base: { $count }
details-devices-stop =
    { $count ->
        [one] { $count } device will stop after the update
       *[other] { $count } devices will stop after the update
    }
details-devices-show = Show on the tab “Devices”
details-device-never = never connected
details-more = and { $count } more
details-copies = Copies of the base
details-copies-none = There are no copies of this base
details-links = More about this base
details-bases =
    { $count ->
        [one] { $count } base
       *[other] { $count } bases
    }
details-what-platform = all bases of this computer run on it
details-what-updater = this program
details-what-group = bases with one and the same update
details-up-to-date = There is nothing newer
timeline-available = can be installed
timeline-blocked = came out, cannot be installed
timeline-step = a step on the way
timeline-covered = the last one covered
timeline-installed = installed
timeline-date = came out { $date }
timeline-more = and { $count } more before it

group-tick = Update together with the group: { $name }
group-nothing-ticked = No base is ticked
button-update-ticked =
    { $count ->
        [one] Update { $count } base…
       *[other] Update { $count } bases…
    }
button-update-ticked-name = Update the ticked bases ({ $count }): { $name }

tip-update = Downloads first; before anything is installed, you see what changes and are asked
tip-update-size = Downloads { $size } first; before anything is installed, you see what changes and are asked
tip-update-group = The file is downloaded once for all ticked bases; the first of them is the pilot
tip-pause = What has arrived is kept, you can go on tomorrow as well
tip-install = Shows what stands in the way and what will be replaced; nothing changes without your consent
tip-notes = All changes after { $from } up to { $version }
tip-version =
    { $count ->
        [0] Version { $version } came out today, { $date }
        [one] Version { $version } came out { $date }, { $count } day ago
       *[other] Version { $version } came out { $date }, { $count } days ago
    }
tip-version-date = Version { $version } came out { $date }
tip-version-undated = The source does not say when version { $version } came out
tip-covered = All subscriptions it needs hold until { $until }
tip-covered-soon = The first of the subscriptions it needs ends { $until }. Versions that come out later may not be installed
tip-covered-ended = The first of the subscriptions it needs ended { $until }, but this version came out before and may be installed
tip-no-subscription-data = Until when subscriptions hold is not known of all devices. Dates are entered on the tab “Subscriptions”

empty-no-match-filtered = Only bases with updates are shown now.
empty-checking = Finding out what is new…
empty-check-failed = The check failed
empty-check-again = Check once more
empty-unchecked = Updates have not been checked yet
empty-unchecked-hint = A check shows which bases have updates; all bases are in the list “All”.
empty-check = Check for updates

## Done things, said for a moment

toast-skipped = { $what } { $version }: not offered any more
toast-offered-again = { $what } { $version }: offered again
toast-copied = Copied
toast-written = Saved: { $path }
toast-settings-saved = Settings saved
toast-download-cancelled = Download cancelled: { $what }
toast-download-again = Download again
toast-undo = Undo
toast-undo-key = Ctrl+Z
toast-open-folder = Open folder
toast-dismiss = Dismiss message

announce-check-began = Checking for updates
announce-check-ended = The check is done. { $headline }
announce-check-failed = The check for updates failed: { $why }
announce-ready = Downloaded and verified: { $name }
announce-not-ready = The file is not ready: { $name }. { $why }
announce-update-began = The update has begun: { $name }
announce-done = Done: { $name }
announce-failed = Not updated: { $name }
announce-failed-why = Not updated: { $name }. { $why }
announce-ended = Finished. Done: { $done }, failed: { $failed }
announce-stops =
    { $count ->
        [0] Nothing stands in the way of the update
        [one] { $count } obstacle stands in the way of the update
       *[other] { $count } obstacles stand in the way of the update
    }

# Tab «ТСД»

tab-devices = Devices
tab-devices-count =
    { $count ->
        [one] Devices, { $count } stops after the platform update
       *[other] Devices, { $count } stop after the platform update
    }
devices-reading = Looking which devices have connected…
devices-broke = Could not look: internal error. Try again
devices-none = No mobile devices have connected to the bases on this PC yet
devices-none-hint = Once the first device connects to a Mobile SMARTS base it appears here, with the version of its app and whether that goes with the server.
devices-no-match = No such devices
devices-no-match-hint = Change the search or choose “All”
devices-title-count =
    { $count ->
        [one] { $count } device
       *[other] { $count } devices
    } { $bases ->
        [one] in { $bases } base
       *[other] in { $bases } bases
    }
devices-count =
    { $count ->
        [one] { $count } device
       *[other] { $count } devices
    }
devices-none-yet = no devices have connected yet
devices-fact-server = server { $version }
devices-fact-works =
    { $count ->
        [one] { $count } works
       *[other] { $count } work
    }
devices-fact-old =
    { $count ->
        [one] { $count } will not connect
       *[other] { $count } will not connect
    }
devices-fact-unknown = { $count } unknown
devices-fact-broke = could not be read again
devices-carried = App { $version } for Windows CE/Mobile comes with the platform at the next exchange
devices-refresh = Look again
devices-export = Save CSV…
devices-export-title = Where to save the list of devices
devices-export-name = Devices.csv
devices-choose-title = App for mobile devices
devices-file-kind = Android apps
devices-search = Find a device or a base
devices-search-name = Find a device or a base
devices-filter-name = Which devices
devices-filter-all = All
devices-filter-stops = Will stop ({ $count })
devices-filter-old = Will not connect ({ $count })
devices-filter-not-followed = Not confirmed ({ $count })
devices-column-device = Device
devices-column-app = App
devices-column-works = With the server
devices-column-offered = What it is offered
devices-column-seen = Last seen
devices-list-name = Devices of base { $name }
devices-row-name = { $device }: app { $app }, { $works }, { $offered }, last seen { $seen }
devices-android = Android
devices-ce = Windows CE/Mobile
devices-system-unknown = system unknown
devices-app-unknown = unknown
devices-assumed = assumed
devices-assumed-base = The device’s files name no version. This is the one that the base’s configuration was released with; the device itself may have another.
devices-assumed-platform = The device’s files name no version. This is the version of the installed platform; the device itself may have another.
devices-stops = will stop
devices-matches = fits
devices-newer = above the server, works
devices-too-old = will not connect
devices-unknown = unknown
devices-after-update = after the update to { $version }
devices-server = server { $version }
devices-staged = staged { $version }
devices-by-platform = comes with the platform at the next exchange
devices-by-next-platform = comes with the new platform
devices-carried-next = The app for Windows CE/Mobile comes with the new platform at an exchange
devices-offered-nothing = nothing
devices-never-seen = unknown
devices-seen-days =
    { $count ->
        [one] { $count } day ago
       *[other] { $count } days ago
    }
devices-followed = has followed
devices-followed-seen = seen since the update
devices-not-followed = has not followed
devices-not-seen = not seen since the update
devices-not-seen-days =
    { $count ->
        [one] not seen for { $count } day
       *[other] not seen for { $count } days
    }
devices-staged-unknown = what is staged could not be looked up: the base’s folder is not there
devices-staged-nothing = nothing staged
devices-list-broken = versions.xml, the list of what is staged, cannot be read, devices see nothing: { $reason }
devices-version-broken = staged version { $version } is unusable: { $reason }
devices-newest = in the source { $version }
devices-newest-not-asked = the source has not been asked: check for updates
devices-newest-unknown = the source could not be looked up: { $reason }
devices-incomplete = The list is incomplete: some folders of devices cannot be read
devices-banner-stops =
    { $count ->
        [one] After the platform is updated to { $version }, { $count } device will not connect
       *[other] After the platform is updated to { $version }, { $count } devices will not connect
    }
devices-banner-hint = Stage the matching app first: devices get it from the base without stopping work
devices-banner-staged = The matching app is staged: wait until the devices have installed it, then update the platform
devices-banner-by-hand = The source has no matching app. If you have it as an *.apk file, choose “Stage from a file…” in the menu of the base, or drop the file here
devices-banner-carried = Devices with Windows CE/Mobile take the app from the new platform at their next exchange
devices-banner-not-carried = For devices with Windows CE/Mobile the platform has no app: update it on them yourself
devices-banner-prepare = Stage the app…
devices-banner-show = Show
devices-banner-show-waiting = Show who is not confirmed to have followed
devices-banner-followed = { $done } of { $all } devices have followed the platform update
devices-banner-seen =
    { $count ->
        [one] { $count } more was connected, the version of its app is unknown
       *[other] { $count } more were connected, the version of their app is unknown
    }
devices-banner-waiting = Waiting for: { $names }
devices-more = { $count } more
devices-prepare = Stage for devices…
devices-prepare-name = Stage the app for devices of base { $name }
devices-menu-file = Stage from a file…
devices-menu-undo = Take back…
devices-menu-folder = Open the app’s folder
devices-menu-page = Page of the app
devices-menu-store = App store
devices-menu-ways = How a device updates by itself…
devices-menu-subscription = Show the subscription
devices-app-none = The source has no app above what is on the devices
devices-app-file-next = If you have an *.apk file, choose “Stage from a file…” in the base’s menu
app-title = App for mobile devices
app-title-version = App for mobile devices { $version }
app-looking = Looking for the app in the source…
app-downloading = Downloading the app
app-code = version code { $code }
app-released = released { $date }
app-bases = Stage it for the devices of which bases
app-was-staged = now staged { $version }
app-is-there = already staged { $version }
app-left-elsewhere = For other bases ({ $bases }) the app lies elsewhere in the source: stage it after this one, on its own
app-left-gone = Cannot be staged while the base’s folder is missing: { $bases }
app-all-prepared = Nothing to stage: for all devices that would stop the app is staged already
app-none-fit = The source has no app that works with the new platform
app-older = Older versions
app-older-keep = Keep
app-older-keep-hint = Devices take the newest, older ones stay in the base’s folder
app-older-remove = Remove
app-older-remove-hint = They can be brought back until the next version is staged
app-consent = I understand that nothing proves this file. Stage it all the same
app-confirm = Stage
app-again = Try again
app-stop = Stop
app-why-misfit = The app does not go with one of the ticked bases
app-why-there = This app is staged already
app-begins = Beginning…
app-copying = Copying to base { $base }
app-listing = Showing it to the devices of base { $base }
app-listing-hint = it cannot be stopped any more
app-result-staged = { $name }: devices will be offered { $version }
app-result-there = { $name }: { $version } was staged already
app-result-list-kept = The former list could not be read, it was kept: { $path }
app-result-unstaged = { $name }: the staging of { $version } is undone
app-result-failed = { $name }: { $why }
app-result-stopped = { $name }: stopped, devices see what they saw before
app-result-not-permitted = { $name }: permission was not given, nothing was changed
app-result-not-started = { $name }: not begun
app-drop = Drop it to stage the app for mobile devices
unstage-title = Take it back?
unstage-text = { $name }: the staging of the app { $version } will be undone.
unstage-hint = Nothing changes on devices that have installed it. Versions that were removed with it come back.
unstage-confirm = Take back
ways-title = How a device updates by itself
ways-check = Check for updates on the device
ways-check-text = The app on the device has “Check for updates”. If the app is staged in the base, the device takes it from there, without the internet.
ways-exchange = At an exchange with the server
ways-exchange-text = A device with Windows CE/Mobile asks for a new version at every exchange: it comes with the platform. A device with Android sees the version that is staged in the base.
ways-site = From the site or a store
ways-site-none = The Android app can be downloaded to the device from its site, or installed from an app store. The description of this base’s product gives no links.
ways-site-text = The Android app can be downloaded to the device from its page, or installed from an app store. The product’s description gives the links.
toast-app-staged = Staged for devices { $version }: { $bases }
toast-app-unstaged = The staging of { $version } is undone: { $bases }
leave-staging = The app for mobile devices is still being staged. The window closes when that has ended.
sheet-prepare-app = Stage the app for devices…

keys-title = Keyboard
keys-tabs = Ctrl+1 | … | Ctrl+6
keys-tabs-what = open a section
keys-check = F5
keys-check-what = check for updates; in Devices, History and Diagnostics, look again
keys-find = Ctrl+F
keys-find-what = find a base, a device or an entry
keys-next = Tab | Shift+Tab
keys-next-what = to the next control or back
keys-press = Enter | Space
keys-press-what = press; on a row of the list Enter opens its details
keys-menu = Space | Shift+F10
keys-menu-what = menu of a row
keys-fold = → | ←
keys-fold-what = unfold and fold a group of bases
keys-arrows = ← | → | ↑ | ↓
keys-arrows-what = choose a section, an option or a row
keys-scroll = Page Up | Page Down
keys-scroll-what = scroll; Home and End go to the beginning and the end
keys-escape = Esc
keys-escape-what = close a dialog or a menu, clear the search
keys-save = Ctrl+S
keys-save-what = save the settings
keys-undo = Ctrl+Z
keys-undo-what = undo, while the message is shown
keys-zoom = Ctrl+“+” | Ctrl+“−” | Ctrl+0
keys-zoom-what = larger, smaller, as usual
keys-help = F1
keys-help-what = this list

# Devices: words

app-not-a-package = the file does not look like an app for Android (.apk)
app-no-manifest = there is no AndroidManifest.xml in the file: it is no app for Android
app-manifest = the description inside the app cannot be read
app-no-version = the app does not name its version
app-not-listed = version { $version } is not in the source
app-nothing-new = the source has no app newer than what the devices have
app-next-file = If you have the app's file, stage it yourself: --file, or the tab “Devices”
app-places = these bases take their apps from different places of the source
app-next-places = Stage the app for each base on its own
app-next-consent = Stage it only if you know where it comes from. That takes consent of its own: on the command line, --accept-unproved
app-remark-already-there = this app is staged already
app-remark-other-file = version { $version } is staged already, but with another file, which this one replaces. Devices that have that version are not offered it again
app-remark-code-not-above = Android will not take it for an update: its version code is { $found }, and that of what is staged is { $staged }
app-remark-too-old = it will not connect to server { $server }: the first two numbers of its version are lower
app-remark-above = it is newer than server { $server }: it will connect, and the mismatch will be logged
app-remark-broken-list = the base's list of versions cannot be read, and devices are offered nothing now. It will be kept beside the new one
app-remark-unusable = devices cannot get version { $version } of the list: { $reason }
app-remark-no-version-name = the file itself names no version; make sure that it is the right one
app-unusable-description = the description { $path } is of no use: { $reason }
app-unusable-no-file = the description { $path } names no file
app-unusable-missing = there is no file { $path }
app-unusable-elsewhere = the description names a file outside this folder
app-unusable-package = { $path } is no app for Android, or cannot be read
app-misfit-other = this is another app: { $found }, while { $staged } is staged for the devices of this base
app-misfit-lower = a higher version, { $staged }, is staged: devices would go on being offered that instead of { $found }
app-misfit-version = the file says it is version { $found }, not { $expected }
app-offered = Devices with an older app will be offered the update { $version }
app-offered-from = A device with the app { $from } will be offered the update { $version }
app-offered-text = { $who }: “{ $text }”
staging-as-before = Devices are offered what they were offered before
staging-changed = What devices are offered has changed; the base itself was not touched
staging-old-or-new = Devices are offered either what they were before, or all of the new app
staging-broke-off = staging broke off: the program with an administrator's rights closed too early
staging-not-agreed = what was agreed to about the app was not accepted
staging-in-the-way = a link or a file is in place of the folder: { $path }
staging-not-offered = devices would read what was written in another way
staging-gone = the former version that is to come back is not there any more: { $path }
staging-taken = something else is where the former version would come back: { $path }
staging-since = another version was staged since: { $version }
staging-unbelieved = the record of what was staged is damaged, or others may have changed it: { $path }
staging-nothing-to-undo = there is nothing to undo: this program has staged nothing for the devices of this base, or that is undone already
staging-edited = somebody else has changed this since: { $path }
staging-next-again = Try again: what is left over will be settled first
staging-next-gone = If the former version is needed, stage it again, from the site or from a file
staging-next-taken = If what is there is not needed, remove it and try again
staging-next-since = See on the tab “Devices” what is staged now
staging-next-unbelieved = Nothing can be undone by it. Stage the app that is needed again: the record is put aside, and a new one takes its place
staging-next-changed-now = See on the tab “Devices” what is offered, and try again: what is left over will be settled first
staging-next-other-app = Take the app that these devices have. If it is to be another, first remove the former one from the base's folder Update\Android
staging-next-lower = If this version is needed, first undo the staging of the higher one
staging-next-in-the-way = Remove it from the base's folder and try again
staging-next-not-offered = Look at what is in the base's folder Update\Android, and try again
staging-next-edited = See what was changed: this program neither undoes nor replaces changes of others. If they are not needed, put the file back as it was and try again

## smarts devices

cli-devices-device = Device
cli-devices-app = App
cli-devices-now = With the server
cli-devices-next = After the update
cli-devices-offered = Offered
cli-devices-seen = Last seen
cli-devices-followed = Since the last update
cli-devices-system = System
cli-devices-assumed = { $version } (assumed)
cli-devices-matches = works
cli-devices-newer = works, newer than the server
cli-devices-too-old = will not connect
cli-devices-by-base = { $version }, from the base's folder
cli-devices-by-platform = { $version }, with the platform
cli-devices-followed-yes = app is up to date
cli-devices-followed-seen = was connected
cli-devices-followed-no = app is old
cli-devices-followed-not-seen = not seen yet
cli-devices-server = Server: Mobile SMARTS platform { $server }
cli-devices-server-next = Server: Mobile SMARTS platform { $server }; in the source { $next }
cli-devices-no-server = Server: no Mobile SMARTS platform found
cli-devices-carried = The platform brings along the app for Windows CE and Windows Mobile { $version } (assumed): { $dir }
cli-devices-none = No mobile device has been connected to a Mobile SMARTS base of this PC yet
cli-devices-base = Mobile SMARTS base “{ $name }” ({ $id })
cli-devices-base-none = No device has been connected yet
cli-devices-incomplete = The list is incomplete: some folders of devices cannot be read
cli-devices-stopping =
    { $count ->
        [one] After the platform is updated, { $count } device cannot connect until its app is updated
       *[other] After the platform is updated, { $count } devices cannot connect until their app is updated
    }
cli-devices-list-broken = Staged: unknown; the list of versions in the base's folder cannot be read, and devices are offered nothing
cli-devices-staged = Staged: { $version } ({ $file }, { $size })
cli-devices-nothing-staged = Staged: nothing
cli-devices-can-undo = To undo: smarts devices undo { $id }
cli-devices-newest = In the source: { $version }
cli-devices-newest-date = In the source: { $version } of { $date }
cli-devices-newest-none = In the source: nothing newer than what the devices have
cli-devices-newest-not-asked = In the source: not looked up (smarts check)
cli-devices-newest-unknown = In the source: could not be looked up ({ $reason })
cli-devices-ways = A device updates itself, too: with “Check for updates” in the app, from the site or from an app store. A device with Windows CE or Windows Mobile asks for a new version at every exchange with the server.
cli-devices-link-update = Page of the app: { $link }
cli-devices-link-store = App store: { $link }
cli-devices-unlisted = the folder is not in the list of versions, so devices do not see it
cli-devices-package = App for mobile devices: { $package } { $version } (code { $code }), { $size }
cli-devices-proof = Proof: { $proof }
cli-devices-goal = Mobile SMARTS base “{ $name }”, devices: { $count }; nothing is staged now
cli-devices-goal-former = Mobile SMARTS base “{ $name }”, devices: { $count }; { $former } is staged now
cli-devices-confirm =
    { $count ->
        [one] Stage it for the devices of { $count } base?
       *[other] Stage it for the devices of { $count } bases?
    }
cli-devices-confirm-unproved = Nothing proves the app. Stage it all the same?
cli-devices-declined = Cancelled; devices are offered what they were offered before
cli-devices-there = { $name }: { $version } is staged already.
cli-devices-done = { $name }: { $version } is staged.
cli-devices-removed = Older versions put aside: { $versions }
cli-devices-list-kept = The former list, which could not be read, is kept: { $path }
cli-devices-undo = Mobile SMARTS base “{ $name }”: the staging of { $version } will be undone ({ $when }, { $user })
cli-devices-undo-back = Older versions come back: { $versions }
cli-devices-confirm-undo =
    { $count ->
        [one] Undo for { $count } base?
       *[other] Undo for { $count } bases?
    }
cli-devices-undone = { $name }: the staging of { $version } is undone, devices are offered { $offered } again
cli-devices-undone-nothing = { $name }: the staging of { $version } is undone, nothing is staged for devices

# Devices: points of the sheet
stopping = { $what }: { $names }
stopping-some-staged = { $what }: { $names }; the app is staged for { $count } of them
stopping-all-staged =
    { $count ->
        [one] { $what }: { $names }; its app is staged
       *[other] { $what }: { $names }; their app is staged
    }
hint-stopping = stage the app on the tab “Devices” or with smarts devices stage, and update the devices before the platform: the new app works with the present one, too
hint-stopping-these = stage the app for { $names } on the tab “Devices” or with smarts devices stage, and update these devices before the platform: the new app works with the present one, too
hint-stopping-some = stage the app for the others as well ({ $names }), on the tab “Devices” or with smarts devices stage, and update the devices before the platform: the new app works with the present one, too
hint-stopping-staged = update the devices before the platform: the staged app works with the present one, too
hint-stopping-by-hand = for devices with Windows CE or Windows Mobile the platform brings no app along, update it on them yourself: { $names }
hint-stopping-platform = devices with Windows CE or Windows Mobile take the app from the new platform at their next exchange
