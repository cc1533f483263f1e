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

# $count (Number)
notify-new-messages = { $count ->
   *[other] 新しいメッセージ { $count } 件
}
# $count (Number) - in how many conversations the messages came that the title counts
notify-in-conversations = { $count ->
   *[other] { $count } 件の会話
}
# Below the name of somebody, or of a group that is gone.
notify-asks-contact = 連絡先になりたいと言っています
notify-is-contact = 連絡先になりました
notify-invites = { $group } に招待しています
notify-is-in = { $group } に入りました
notify-group-deleted = 所有者がこのグループを削除しました

# The button of a notification.
notify-open = Open

# Reasons why the shell refuses something. They reach the page as problems.
link-refused = Hearth opens web and mail addresses only (https and mailto), and this is neither.
# What the browser shows at the end, where Hearth has sent it to a sign-in provider.
provider-title = Hearth
provider-done = You can close this window and go back to Hearth.
provider-cancelled = You have cancelled. Nothing was changed; you can close this window and go back to Hearth.
link-failed = No program on this computer opened the link. Copy the address and open it in a browser.
archive-place = Where to put your archive
archive-kind = Zip archive
