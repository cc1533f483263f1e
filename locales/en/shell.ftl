# Words of the shell: window title, tray, notifications. The page's are in page.ftl.

app-name = Hearth

# The window's title. The profile's name stands there only for a profile other than the default one.
window-title = Hearth
window-title-profile = Hearth – { $profile }
window-title-unread = ({ $unread }) { $title }

# The tray's menu.
tray-open = Open Hearth
tray-unread = { $count ->
    [0] Nothing unread
    [one] { $shown } unread message
   *[other] { $shown } unread messages
}
tray-do-not-disturb = Do not disturb
tray-do-not-disturb-on = Do not disturb: on
# $until (String) - the time of the day, as 17:30
tray-do-not-disturb-until = Do not disturb until { $until }
tray-do-not-disturb-half-hour = For 30 minutes
tray-do-not-disturb-hour = For 1 hour
tray-do-not-disturb-tomorrow = Until tomorrow
tray-do-not-disturb-for-ever = Until I turn it off
tray-do-not-disturb-off = Turn off
tray-quit = Quit Hearth

# The line in the tray's menu that says how things are. It cannot be clicked.
status-starting = Starting…
status-first-run = Not set up yet
status-sign-in = Signed out
status-locked = Locked
status-blocked = Needs your attention
status-live = Connected
status-connecting = Connecting…
status-catching-up = Catching up…
status-offline = Offline
status-offline-waiting = { $waiting ->
    [one] Offline, { $waiting } change waits
   *[other] Offline, { $waiting } changes wait
}
status-failed = { $failed ->
    [one] { $failed } change was refused
   *[other] { $failed } changes were refused
}

# Where there are several accounts: the line of the one that needs somebody, one that shares its name with another, and to which one a
# notification is.
status-of-account = { $account }: { $status }
account-on-server = { $name }, { $server }
notify-to = { $title } → { $account }

# What the server lists a computer as that does not tell its name.
device-unnamed = Desktop

# What an embedded server is called, and why it does not run.
server-name = Hearth on { $computer }
server-not-started = The server did not start. { $reason }

# Who wrote something where; in a conversation of two the name alone. With how much is unread where the text of the last is shown.
notice-in-group = { $sender } · { $place }
notice-in-channel = { $sender } · #{ $place }
notice-with-unread = { $from } ({ $unread })
# Where what somebody wrote is not shown.
notice-new-messages = { $unread ->
    [one] New message
   *[other] { $unread } new messages
}

# One for everything that came while away.
notice-summary = { $unread ->
    [one] { $unread } new message
   *[other] { $unread } new messages
}
notice-summary-in = { $conversations ->
    [one] In one conversation
   *[other] In { $conversations } conversations
}

# What stands in the inbox; the title is who it is about.
notice-asks-contact = Asks to be your contact
notice-asks-group = Invites you to { $group }
notice-is-contact = Is your contact now
notice-is-in-group = Is in { $group } now
notice-group-deleted = Its owner has deleted this group
notice-conversation-deleted = { $name } has deleted this conversation
notice-conversation-deleted-by-somebody = Somebody has deleted this conversation

# The button of a notification.
notify-open = Open
# Where the service lets one write into it: the button, what stands in the empty field, and what sends it.
notify-answer = Reply
notify-answer-hint = Write a reply…
notify-answer-send = Send

# Somebody tries how they are told.
notice-trial = This is how Hearth tells you
notice-trial-text = Messages will look and sound like this.

# Reasons why the shell refuses something. They reach the page as problems.
link-refused = Hearth opens web and mail addresses only (https and mailto), and this is neither.
# What the browser shows at the end, where Hearth has sent it to a sign-in provider.
provider-title = Hearth
provider-done = You can close this window and go back to Hearth.
provider-cancelled = You have cancelled. Nothing was changed; you can close this window and go back to Hearth.
link-failed = No program on this computer opened the link. Copy the address and open it in a browser.
no-notifications = Nothing on this computer shows notifications. Start the notification service of your desktop, then try again.
no-autostart = This computer does not let Hearth start with it. Add Hearth in the settings of your desktop.
archive-place = Where to put your archive
archive-kind = Zip archive
