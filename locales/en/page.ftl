### The words of the window's page. `shell.ftl` beside it has those of the tray, the notifications and the window itself.

## Said in many places

back = Back
cancel = Cancel
close = Close
copied = Copied
copy = Copy
copy-failed = It could not be copied. Select it and press Ctrl+C.
delete = Delete
discard = Discard
edit = Edit
loading = Loading
opening = Opening your messages…
retry = Try again
try-again = Try again
try-now = Try now
undo = Undo
day-today = Today
day-yesterday = Yesterday
# $time (String) - a clock, a weekday or a date
last-seen = Last seen { $time }
presence-online = Online
presence-away = Away
kind-group = Several people
kind-private-channel = Private channel
unread-count = { $count } unread
# $count (Number)
mentions-count =
    { $count ->
        [one] 1 message mentions you
       *[other] { $count } messages mention you
    }

## Landmarks, for those who hear the window

landmark-list = Conversations
landmark-rail = Main
landmark-sheet = Conversation
landmark-toasts = What just happened
# $name (String) - the conversation
landmark-timeline = Messages with { $name }

## First run

first-title = Welcome to Hearth
first-intro = Your conversations live on your own computer and on a server that you choose. They open at once, with or without a network.
first-start-title = Start a server here
first-start-text = This computer becomes the server for your people on the same network. Nothing else to install; you can move it to a machine of its own later.
first-start = Start a server
first-starting = Starting…
first-reach = Who may reach it? It runs while Hearth runs, and everybody needs an account on it.
first-reach-lan = People on this network
first-reach-lan-help = They join with a link that you give them. Always encrypted.
first-reach-loopback = Only this computer
first-reach-loopback-help = Nobody else can connect.
first-connect-title = Connect to a server
first-connect-text = Someone gave you an address or a connect link? Paste it here, Hearth finds the rest.
first-connect = Connect
first-connecting = Connecting…
first-address = Server address or connect link
first-address-hint = chat.example.org or a link
# Where an account is being added and the server in this app runs already.
first-own-title = Your own server
first-own-text = The server in this app runs already. Sign in to it with another account, or create one.
first-own = Use this server
first-encrypted = Kept on your disk, encrypted
first-no-account = No account with us, no telemetry

## Sign in and sign up

sign-in-title = Sign in
sign-up-title = Create an account
sign-up-first-title = Create the first account
# Followed by the server's name.
sign-on = on
# After the server's name, when it runs inside this app.
sign-embedded = on this computer
sign-another-server = another server
sign-username = Username
sign-username-help = How others find you: letters, digits, dots, dashes.
sign-username-missing = Type your username.
sign-first-name = First name
sign-first-name-missing = Type the name that others see.
sign-last-name = Last name
sign-password = Password
sign-password-help = At least { $min } characters. A few words in a row are easy to remember.
sign-password-missing = Type your password.
sign-password-short =
    { $count ->
        [0] Choose a password of at least { $min } characters.
        [one] A password has at least { $min } characters; this one has 1.
       *[other] A password has at least { $min } characters; this one has { $count }.
    }
sign-code = Set-up code
sign-code-help = The server printed it when it started for the first time. It makes this account the server's first.
sign-code-missing = Type the set-up code that the server printed when it started.
sign-invite = Invitation
sign-invite-help = The link that somebody sent you, or the letters at its end. This server takes people who were invited.
sign-invite-missing = Paste the invitation: this server takes people who were invited.
# $domains (String) - with a sign before each, and commas between them
sign-email-domains = An address of { $domains }. A code goes there, now and when you forget your password. Others do not see it.
sign-up-closed = This server takes no new people.
sign-username-or-email = Username or email address
sign-email-help = A code goes there, now and when you forget your password. Others do not see it.
sign-email-missing = Type your email address: this server needs one.
sign-by-code = Sign in with a code
sign-forgot = Forgot your password?
sign-in-go = Sign in
sign-in-busy = Signing in…
sign-up-go = Create account
sign-up-busy = Creating the account…
sign-new-here = New here?
sign-to-sign-up = Create an account
sign-have-account = Have an account already?
sign-to-sign-in = Sign in
sign-reason-session = The server ended your session. Sign in again; nothing on this computer was lost.
# $device (String) - the name of the other device
sign-reason-device = You were signed out on this device from { $device }. Your history is kept on this computer: sign in again to open it, and what you had not sent goes out.
sign-reason-deactivated = Your account is deactivated; nothing was deleted. If you did that yourself, sign in to turn it on again. Otherwise ask an admin of the server.
sign-reason-keychain = This computer's keychain no longer has Hearth's key. Sign in again and your messages open as before.
sign-returning = Your messages are here and open as soon as you sign in.
sign-returning-waiting =
    { $count ->
        [one] Your messages are here, and one change waits to be sent.
       *[other] Your messages are here, and { $count } changes wait to be sent.
    }
password-show = Show the password
password-hide = Hide the password
password-again = Password once more
password-again-help = Not needed while you show the password above.
password-differs = The two are not the same. Type it once more.

## Codes, passwords and addresses

email-label = Email address
email-label-optional = Email address (optional)
email-missing = Type the new address.
code-sign-in-title = Sign in with a code
code-reset-title = Choose a new password
code-ask-text = A code goes to the email address of your account.
code-ask = Get a code
code-asking = Asking…
# $name (String) - the username or address that was typed
code-sent = If { $name } has a verified address, a code is on its way there. It is good once, for 15 minutes.
# $name (String) - the username or address that was typed
code-printed = This server sends no mail. If { $name } is an account, it has printed a code where it runs: ask the server's owner for it.
code-field = Code
code-help = Eight digits
code-missing = Type the eight digits of the code.
code-again = Send another code
code-again-done = The newest code is the one that counts.
code-reset-help = All your devices are signed out, this one is signed in again.
code-reset-go = Set the password and sign in
code-back = Back to signing in
password-new = New password
password-current = Current password
password-change = Change
password-change-title = Change your password
password-change-text = Your other devices are signed out. This one stays.
password-change-go = Change the password
password-changed = Your password is changed. Your other devices are signed out.
two-step-title = Two-step sign-in
two-step-off-text = A code of an app on your phone, besides your password.
# $date (String) - since when it is on
two-step-since = On since { $date }
# $count (Number) - recovery codes that are left
two-step-left =
    { $count ->
        [0] no recovery codes left
        [one] one recovery code left
       *[other] { $count } recovery codes left
    }
two-step-turn-on = Turn on
two-step-turn-off = Turn off
two-step-new-codes = New recovery codes
two-step-turn-on-title = Turn on two-step sign-in
two-step-text = Whoever has only your password can't sign in then. You need an authenticator app; first, your password once more.
# $name, the provider.
two-step-text-provider = Signing in with { $name } isn't enough then. You need an authenticator app; first, { $name } says once more that it is you.
two-step-next = Continue
two-step-scan = Scan this with your authenticator app. Then type the code that it shows.
two-step-qr = QR code for your authenticator app
two-step-type = Or type this into the app:
two-step-code = Code
two-step-code-help = Six digits, a new one every half minute.
two-step-code-missing = Type the six digits that your app shows.
two-step-confirm = Turn on
two-step-on-title = Two-step sign-in is on
two-step-turn-off-title = Turn off two-step sign-in?
two-step-turn-off-text = Your password alone is enough then, and your recovery codes are worth nothing. It takes both steps once more.
two-step-is-off = Two-step sign-in is off.
recovery-title = Recovery codes
recovery-text = Without your phone, one of these signs you in instead of a code of the app. Each is good once.
recovery-once = Keep them where you find them without your phone. They are shown this once.
recovery-copy = Copy all
recovery-done = I have kept them
recovery-new-title = New recovery codes
recovery-new-text = The ones that you have are worth nothing then. It takes both steps once more.
recovery-new-go = Make new codes
provider-ways = Other ways to sign in
provider-or = or
# Variables: $name, the sign-in provider as the server's owner calls it.
provider-go = Continue with { $name }
# $name, the provider, which vouches for somebody who has no password.
provider-confirm = Confirm with { $name }
# $name, the provider.
provider-confirm-text = You have no password here: { $name } says that it is you. Your browser opens for it.
provider-waiting-title = Go on in your browser
# Variables: $name, the provider.
provider-waiting-text = Your browser shows the page of { $name }. Sign in there; this window goes on by itself.
provider-waiting = Waiting for your browser…
provider-new-title = Choose your name here
# Variables: $name, the provider.
provider-new-text = { $name } knows you, and nobody here does yet. An account is made under these names.
# Variables: $address, an email address; $name, the provider.
provider-known = Somebody here has the address { $address }. If that is you, go back and sign in to that account, then link { $name } in its settings.
external-title = Sign-in accounts
external-text = An account elsewhere by which you sign in here, besides your password.
# Variables: $name, the provider.
external-link = Link { $name }
# Variables: $date, a day.
external-since = linked on { $date }
# Variables: $name, the provider.
external-refused = { $name } has ended it: sign in by it once more
external-unlink = Unlink
# Variables: $name, the provider.
external-unlinked = { $name } does not sign in to your account any more.
# Variables: $name, the provider.
external-linked = You can sign in with { $name } now.
# Variables: $name, the provider.
external-link-title = Link { $name }?
# Variables: $name, the provider.
external-link-text = Whoever signs in at { $name } gets into this account then. First, show once more that it is you; then your browser opens.
# Variables: $name, the provider.
password-none = You have none: you sign in with { $name }.
password-set-open = Set a password
password-set-title = Set a password
# Variables: $name, the provider.
password-set-text = You can sign in by it besides { $name }, which says once more that it is you.
password-set = Your password is set.
second-step-title = One more step
second-step-text = Type the code that your authenticator app shows now.
second-step-help = Six digits, or one of your recovery codes.
second-step-missing = Type the code of your app, or a recovery code.
archive-title = Everything of yours
archive-text = A copy of what is yours and of everything that you can read here, as a file that needs no Hearth.
archive-offline = The server can't be reached: the file would hold what is on this computer, and say what is missing.
archive-open = Download…
archive-making = Making your archive
archive-wait = You can go on when it is whole. If you cancel, nothing is kept of it.
archive-progress-label = Conversations that are in the archive
# $done, $all (Number) - conversations; $messages (Number) - messages that were written
archive-progress =
    { $done } of { $all } conversations · { $messages ->
        [one] one message
       *[other] { $messages } messages
    }
archive-ready = Your archive is there
# $messages, $conversations (Number)
archive-counts =
    { $messages ->
        [one] One message
       *[other] { $messages } messages
    } of { $conversations ->
        [one] one conversation.
       *[other] { $conversations } conversations.
    }
archive-care = Whoever has this file can read it all: it is not encrypted. README.html in it says what is where.
archive-from-here = The server could not be reached, so it holds what is on this computer.
# $count (Number) - conversations
archive-incomplete =
    { $count ->
        [one] One conversation is not whole: make another archive when you are online.
       *[other] { $count } conversations are not whole: make another archive when you are online.
    }
archive-failed = There is no archive
archive-cancelled = The archive was cancelled. Nothing was kept of it.
account-delete = Delete your account
account-delete-help = For good, with everything that you have written here.
account-delete-open = Delete…
account-delete-title = Delete your account?
account-delete-text = This can't be undone. Everything that you have written on this server is removed, you leave all conversations and groups, and nobody can take your username.
account-delete-others = What others wrote stays theirs. Your devices are signed out, and this computer forgets your messages.
# $count (Number) - messages and changes that wait to be sent
account-delete-waiting =
    { $count ->
        [one] One thing that you have not sent yet is lost.
       *[other] { $count } things that you have not sent yet are lost.
    }
account-delete-go = Delete my account
account-deleted = Your account is deleted.
account-deactivate = Deactivate your account
account-deactivate-help = For a while: nothing is deleted, and signing in turns it on again.
account-deactivate-open = Deactivate…
account-deactivate-title = Deactivate your account?
account-deactivate-text = You are signed out on all your devices, and others see that your account is deactivated.
account-deactivate-stays = Nothing is deleted: your conversations, groups and contacts stay. To turn it on again, sign in.
# $count (Number) - messages and changes that wait to be sent
account-deactivate-waiting =
    { $count ->
        [one] One thing that you have not sent yet waits on this computer until then.
       *[other] { $count } things that you have not sent yet wait on this computer until then.
    }
account-deactivate-go = Deactivate my account
person-deactivated = Deactivated
# $name (String) - first name of the other one
deactivated-peer = { $name } has no active account at the moment and reads nothing. What you write waits there.
deleted-account = Deleted account
deleted-peer = This account was deleted. What you wrote stays; nothing more can be sent.
deleted-title = This account was deleted
# $name (String) - whose account it was
deleted-text = The account of { $name } no longer exists. This computer still has its messages, encrypted. Remove them: they cannot be opened any more.
deleted-go = Remove them from this computer
# What a password is worth, beside a bar.
password-weak = Guessed soon
password-fair = Fair
password-good = Good
password-strong = Strong
email-none = None yet. With one you can set a forgotten password anew.
# $address (String)
email-verified = { $address }, verified
# $address (String)
email-unverified = { $address }, not verified yet: no code for a forgotten password goes there
email-add = Add
email-remove = Remove
email-remove-title = Remove your address?
# $address, an email address
email-remove-text = Codes don't go to { $address } any more: without an address a forgotten password can't be mended, and nobody signs in by it.
email-remove-go = Remove the address
email-removed = Your account has no address any more.
email-change = Change
email-verify = Verify
email-change-title = Your email address
email-change-text = A code goes to the new address. The old one stays yours until you have typed it here.
email-verify-title = Is this address yours?
# $address (String)
email-sent = A code is on its way to { $address }. It is good once, for 15 minutes.
# $address (String)
email-printed = This server sends no mail. It has printed the code for { $address } where it runs: ask the server's owner for it.
email-confirm = Confirm
email-later = Later
email-confirmed = Your address is verified.
needs-server = You are offline: this needs the server.
account-offline = You are offline: what is grey here needs the server.

## Locked, and what cannot be opened

lock-title = Unlock to open your messages
lock-keychain-text = The system keychain is locked. Unlock it, then try again. Nothing is lost; Hearth waits.
lock-try-again = Try again
lock-text = This computer has no keychain, so your passphrase guards your messages.
lock-go = Unlock
lock-new-title = Choose a passphrase
lock-new-text = This computer has no keychain to keep Hearth's key in. A passphrase guards your messages instead; you type it when Hearth starts.
lock-new-help = At least { $min } characters. Nobody can tell it to you if you forget it.
lock-new-go = Use this passphrase
lock-passphrase = Passphrase
lock-again = Once more
lock-missing = Type the passphrase.
lock-differs = The two are not the same. Type it once more.
blocked-title = Hearth cannot open your messages
blocked-calm = Nothing was deleted.
blocked-copy = Copy the details

## The rail

rail-all = All conversations
rail-people = People
rail-people-asking = { $count ->
    [one] People, one of them asks you
   *[other] People, { $count } of them ask you
}
rail-scheduled-failed = Scheduled messages, { $count } could not be sent
rail-settings = Settings
rail-me = { $name }, your account

## The list

list-title = Chats
list-new = New conversation
list-by-group = Conversations by group
list-order = Order of the list
list-order-newest = Newest first
list-order-unread = Unread first
list-order-name = By name
list-search = Search or jump to…
list-you = You:
# $name (String) - first name of who wrote the last message
list-from = { $name }:
list-draft = Draft:
list-no-messages = No messages yet
list-show-all = Show all
list-failed = The list could not be read
list-empty-title = No conversations yet
list-empty-text = Find someone by name and say hello.
list-unread-empty-title = Everything is read
list-unread-empty-text = New messages show up here.
list-direct-empty-title = No direct conversations yet
list-direct-empty-text = Find someone by name and say hello.
list-groups-empty-title = Nothing with several people yet
list-groups-empty-text = Conversations of several people show up here, and the channels of your groups.
list-groups-new = Make one
list-my-groups = My groups
# Over what is of no group, where the list stands by group
list-section-outside = Outside groups
filter-label = Show
filter-all = All
filter-unread = Unread
filter-direct = Direct
filter-groups = Groups
filter-archived = Archived
list-archived-empty-title = Nothing is put away
list-archived-empty-text = Conversations that you archive wait here until something new comes.
conversation-menu = What to do with this conversation
pin = Pin to the top
unpin = Unpin
pinned = Pinned
mark-read = Mark as read
mark-unread = Mark as unread
mark-unread-from = Mark unread from here
archive = Archive
unarchive = Back to the list
archived-done = Archived. What comes next brings it back.
muted = Muted
unmute = Unmute
muted-done = Muted until you unmute it.
unmuted-done = It is not muted any more.
mute-hour = Mute for 1 hour
mute-hours = Mute for 8 hours
mute-week = Mute for a week
mute-for-ever = Mute until I unmute it
level-all = Notify me of everything
level-mentions = Only when I am mentioned
level-nothing = Notify me of nothing

## Stars and pins

starred-title = Starred
starred-empty-title = No starred messages yet
starred-empty-text = Star what you want to find again, by the menu of a message or with S. Nobody else sees it.
starred-more = Show more
collections = Collections
collections-none = You have no collections yet.
collection-all = All starred
collection-new = New collection
collection-create = Create
collection-rename = Rename collection
collection-save = Save
collection-name = Name
# $max (Number) - characters
collection-name-help = At most { $max } characters; nobody else sees it
collection-take-out = Take out of the collection
collection-taken-out = It is out of the collection.
collection-empty-title = Nothing in this collection yet
collection-empty-text = Add a message by its menu, or with C. Nobody else sees it.
# $name (String) - what the collection is called
collection-delete-title = Delete “{ $name }”?
collection-delete-text = The collection goes on all your devices, and cannot come back. The messages in it stay where they are.
collection-delete = Delete collection
marked-not-here = This message is not on this computer yet. Open it, and it is fetched.
pins-title = Pinned
# $at (Number) - which one is shown, from 1
# $count (Number)
pins-place = { $at } of { $count }
pins-next = Show the next pinned message
pins-all = All pinned messages
# $name (String) - who pinned it
pins-by = pinned by { $name }
pins-nothing = Nothing is pinned here any more.

## The foot of the list

status-connected = Connected
status-connecting = Connecting…
status-catching-up = Catching up…
status-offline = Offline
status-blocked = Stopped
status-up-to-date = up to date
status-next-try = next try in { $seconds } s
status-trying = trying now
# $complete and $all (Number) - conversations whose whole history is on this computer, of all
status-backfill = history { $complete }/{ $all }
status-backfill-label = History on its way to this computer

## Banners

banner-offline = You are offline.
banner-offline-text = Everything here can be read and searched.
banner-offline-waiting =
    { $count ->
        [one] 1 change goes out when the server answers.
       *[other] { $count } changes go out when the server answers.
    }
banner-blocked = Nothing goes out at the moment.
banner-sign-in = Sign in again
# $server (String) - the server that a link leads to which was opened from outside
link-here = You are on { $server } already.

# Several accounts in one app.
accounts = Accounts
accounts-text = All of them stay connected, and each keeps its messages apart from the others.
account-new = New account
account-signed-out = Signed out
account-locked = Locked
account-blocked = Needs your attention
account-here = Shown now
account-switch = Switch
# $name (String) - whose account, and on which server
account-switch-to = Switch to { $name }
account-add = Add an account
account-add-help = On this server or another one. What is open here stays as it is.
account-add-open = Add…
account-cancel = Cancel
account-add-title = Add an account?
# $address (String) - the server that a link leads to
account-add-link = The link leads to a server at { $address }, where none of your accounts is. You can add one there; nothing happens to those that you have.
account-add-invite = The invitation is for people on the server at { $address }, where none of your accounts is. Once you have added one there, you see where the invitation leads.
account-remove = Remove this account from this computer
account-remove-title = Remove this account from this computer?
# $name (String) - whose account
account-remove-text = The messages of { $name } are removed from this computer, with drafts and everything that has not been sent yet. What the server has stays there: who signs in again gets it back.
account-remove-embedded = The server in this app stops when none of your accounts here is on it. What it keeps stays on this computer.
account-remove-go = Remove

## The conversation

empty-choose-title = Choose a conversation
empty-choose-text = Or press { $key } and type a few letters of a name.
empty-nobody-title = Bring somebody in
empty-nobody-text = People join with the server's link. You find it, and copy it, in the settings.
empty-nobody-go = Show the link
history-arriving = older messages are on their way
timeline-new =
    { $count ->
        [one] 1 new message
       *[other] { $count } new messages
    }
timeline-latest = Latest
timeline-back = Back to where you were
timeline-complete = All of this conversation is on this computer.
timeline-beginning = This is where the conversation begins.
timeline-removed = Older messages were removed by the server's policy.
timeline-gap = Some messages here are on their way.
timeline-gap-offline = Some messages here are not on this computer yet.
timeline-gap-fetch = Fetch
timeline-failed = This conversation could not be read
timeline-missing-title = Not on this computer yet
timeline-missing-text = The messages of this conversation come as soon as the server answers. You can write already.
timeline-empty-direct = You have no messages with { $name } yet. Say hello; it is sent even if { $name } is away.
timeline-empty-group = Nobody has written here yet.
jump-failed = This message is not on this computer yet.
date-title = Jump to a date
date-intro = The first message of that day is shown, or the first one after it.
date-day = Day
date-go = Show
date-no-day = Choose a day.
date-first = First message
date-week = A week ago
date-month = A month ago
date-year = A year ago
date-nearest = Messages of that time may not be on this computer yet. This is the nearest one that is.
date-nothing = Nothing was written from that day on. This is the newest message.
# $text (String) - read aloud when a message arrives
announce = { $name }: { $text }
message-label = { $name }, { $time }
message-me = You
message-deleted = Message deleted
message-edited = edited
message-menu = What to do with this message
react = Add a reaction
react-with = React with { $emoji }
reactions = Reactions
reactions-who = Who reacted
reactions-none = Nobody has reacted to this.
thread-title = Thread
list-asides = { $count ->
    [one] { $count } new in threads
   *[other] { $count } new in threads
}
thread-count = { $count ->
    [one] { $count } reply
   *[other] { $count } replies
}
thread-unread = { $count ->
    [one] { $count } new
   *[other] { $count } new
}
thread-follow = Follow this thread
thread-write = Write in the thread
thread-also = Also show in the conversation
thread-empty = Nobody has replied here yet.
thread-earlier = Show earlier replies
thread-missing = The message that this is about is not here.
threads-title = Threads
threads-empty-title = No threads yet
threads-empty-text = The threads that you follow are here: those in which you write or are named, those under what you said yourself, and those that you choose to follow.
threads-gone = The message that this is about is not shown any more.
threads-leave = Leave this thread
threads-left = You do not follow this thread any more.
threads-more = Show more
reactions-me = You
reactions-others = { $count ->
    [one] { $names } and { $count } other
   *[other] { $names } and { $count } others
}
reactions-label = { $emoji } { $count }: { $names }
reactions-count = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
emoji-choose = Choose an emoji
emoji-insert = Insert an emoji
emoji-search = Search emoji
emoji-none = No emoji has that name.
emoji-found = Found
emoji-recent = Chosen last
emoji-smileys = Smileys and emotion
emoji-people = People and body
emoji-nature = Animals and nature
emoji-food = Food and drink
emoji-travel = Travel and places
emoji-activities = Activities
emoji-objects = Objects
emoji-symbols = Symbols
emoji-flags = Flags
emoji-tone = Skin tone
emoji-tone-none = No skin tone
emoji-tone-light = Light skin tone
emoji-tone-medium-light = Medium-light skin tone
emoji-tone-medium = Medium skin tone
emoji-tone-medium-dark = Medium-dark skin tone
emoji-tone-dark = Dark skin tone
message-edit = Edit this message
message-delete = Delete for everyone…
message-hide = Delete for me
message-hidden = The message is deleted for you.
message-reply = Reply
message-thread = Reply in a thread
message-forward = Forward…
message-forwarded = Forwarded
forward-title = Forward message
forward-to = Forward to
forward-none = No conversation is called “{ $query }”.
forward-comment = Comment
forward-comment-help = Sent after the message; may stay empty
forward-nowhere = Choose a conversation first.
forward-too-many = Choose at most { $max } conversations.
forward-go =
    { $count ->
        [0] Forward
        [one] Forward
       *[other] Forward to { $count }
    }
forward-waits = It is forwarded as soon as you are online.
forward-done =
    { $count ->
        [one] Forwarded
       *[other] Forwarded to { $count } conversations
    }
# Before whose words they are, read aloud
quote-label = In reply to
quote-jump = Go to the message
quote-coming = Message not loaded
quote-hidden = A message that you deleted for yourself
quote-never = A message that you cannot see
message-copy = Copy text
star = Star
star-remove = Remove star
star-removed = Its star is off.
collect = Add to collection…
collect-title = Add to collection
collect-done = Done
collection-new-name = Name of a new collection
message-starred = Starred
message-pin = Pin for everybody
message-unpin = Unpin
message-pinned = Pinned
message-link = Copy link
message-link-copied = Link copied. It leads who is in this conversation to the message.
message-unknown = This message needs a newer version of Hearth
versions-open = What this said before
versions-title = Edit history
versions-loading = Asking the server what this said before…
# $time (String)
versions-first = Sent { $time }
versions-edited = Edited { $time }
versions-waiting = Edited, waiting to be sent
# Read aloud before words that are marked by a line under or through them.
versions-added = added:
versions-removed = removed:
# $count (Number) - versions before the one above it
versions-missing = { $count ->
    [one] One version before this one was not kept.
   *[other] { $count } versions before this one were not kept.
}
versions-missing-offline = What it said before is not on this computer. It can be looked up when the server answers.
spoiler-show = Hidden text: show it
spoiler-hidden = hidden text
spoiler-open = Text that was hidden
code-label = Code
code-copy = Copy this code
message-discarded = Message discarded
delivery-queued = Waiting to be sent
delivery-sending = Being sent
delivery-sent = Sent
delivery-delivered = Delivered
delivery-read = Read
delivery-failed = Not sent
readers-open = Who has read this
readers-title = Who has read this
readers-read = Read by
readers-delivered = Delivered to
readers-nobody = Nobody yet, as far as others let you know.
delivery-canceling = Being taken back
note-offline = Waiting for the connection
note-waiting = Waiting to be sent

## Editing and deleting

edit-label = Edit message
edit-cancel = Leave it as it is
edit-save = Save
edit-conflict = You changed this message on another device meanwhile. It shows above; your text is kept here.
edit-use = Use mine
edit-drop = Drop mine
edit-failed = Your edit was refused: { $reason }
delete-failed = It could not be deleted: { $reason }
delete-title = Delete this message?
delete-text = It is deleted for everybody in the conversation, and cannot come back.
discard-title = Discard what needs it too?
discard-text =
    { $count ->
        [one] One change cannot go out without it:
       *[other] { $count } changes cannot go out without it:
    }
discard-all = Discard all
taken-back-arrived = It had already been sent, so it stays.
taken-back-returned = It was taken back. Its text is in its conversation's message box.
taken-back-thread = It was taken back. Its text is in the box of its thread.
taken-back-show = Show

## What is on this computer

coverage-label = On this computer
coverage-whole =
    { $count ->
        [one] Everything since { $date } is on this computer: 1 message.
       *[other] Everything since { $date } is on this computer: { $count } messages.
    }
coverage-empty = Everything is on this computer. There are no messages yet.
coverage-part =
    { $count ->
        [one] 1 message is here.
       *[other] { $count } messages are here.
    }
coverage-part-of =
    { $count ->
        [one] 1 message is here, at most { $missing } are missing.
       *[other] { $count } messages are here, at most { $missing } are missing.
    }
coverage-arriving = Older ones are still being fetched.
coverage-later = Older ones come when the server answers again.
coverage-none = Nothing is here yet; it is being fetched.
coverage-none-offline = Nothing is here yet; it comes when the server answers.
# $periods (String) - one or several
coverage-missing = Missing: { $periods }.
# $date (String) - a day
coverage-before = before { $date }
# $date (String) - a day
coverage-after = after { $date }
coverage-all = everything
coverage-fetch = Fetch it now
coverage-total =
    { $count ->
        [one] { $complete } of { $all } conversations are wholly on this computer, 1 message in all.
       *[other] { $complete } of { $all } conversations are wholly on this computer, { $count } messages in all.
    }
coverage-more = { $count } more

## The composer

composer-label = Write a message
composer-message = Message { $name }
composer-offline = Write a message — it is sent when you are back online
composer-send = Send
later-title = Send later
later-hour = In an hour
later-evening = This evening
later-tomorrow = Tomorrow morning
later-monday = On Monday
later-other = Another date and time…
later-intro = The server sends it at that time, also when none of your devices is on.
later-when = Date and time
later-go = Schedule
later-no-time = Choose a date and a time.
later-too-soon = This time has come already. Choose a later one, or send the message now.
# $when (String) - a day and a time
later-done = It will be sent: { $when }
# $time (String) - of the clock
when-today = Today, { $time }
when-tomorrow = Tomorrow, { $time }
scheduled-title = Scheduled messages
# $name (String) - of the conversation
conversation-gone = “{ $name }” is not here any more: it was deleted, or you are not in it any more.
scheduled-empty-title = Nothing is scheduled
scheduled-empty-text = Write a message and choose “Send later” beside Send. The server sends it at its time, also when none of your devices is on.
# $count (Number) - messages
scheduled-bar = { $count ->
    [one] { $count } message scheduled
   *[other] { $count } messages scheduled
}
scheduled-bar-failed = { $count ->
    [one] { $count } scheduled message could not be sent
   *[other] { $count } scheduled messages could not be sent
}
scheduled-show = Show
scheduled-elsewhere = A conversation that you are not in any more
scheduled-unknown = A message that this version cannot show
# $when (String) - a day and a time
scheduled-only-here = { $when } — waits to reach the server
scheduled-when-online = Its time has come: it is sent when you are back online
scheduled-now = Is sent now
scheduled-failed-not-found = It could not be sent: you are not in this conversation any more, or one of you has blocked the other.
scheduled-failed-not-allowed = It could not be sent: you may not write there, or nobody is there to read it.
scheduled-failed-deactivated = It could not be sent: your account was deactivated at that time.
scheduled-failed-restored = It was not sent: the server was set back to a backup before its time, and may not know what you did with it since. Look at it, then send it or delete it.
scheduled-failed-other = It could not be sent at its time. Change it, or send it now.
scheduled-send = Send now
scheduled-edit = Change the scheduled message
scheduled-text = Message
scheduled-nothing = Write what is to be sent, or delete it.
scheduled-save = Save
scheduled-gone = It does not wait any more: it has been sent or deleted meanwhile. What you have written stays here until you close this. Copy it if you need it.
scheduled-conflict = You changed it on another device meanwhile. It shows above; your text is kept here. Save again to replace what is there.
# $text (String) - what the other device has made of it; $when (String) - when that is sent
scheduled-conflict-now = It says now, for { $when }: { $text }
scheduled-delete = Delete
scheduled-sure = Delete it? Its text is gone then.
# $seconds (Number) - how long it still waits
undo-send-left = Can be undone for { $seconds } s
undo-send-can = The message waits a moment before it is sent. You can undo it.
composer-names = People to mention
composer-channels = Channels to lead to
composer-emoji = Emoji
composer-commands = Commands
# What is typed behind a command: words to look for, a text, people
command-words = words
command-text = text
command-people = @username
command-search = Search in this conversation
command-details = What this conversation is
command-name = Give it another name
command-topic = Say what it is about
command-invite = Take people in
command-leave = Leave this conversation
# $word (String) - what was typed, with its slash
command-unknown = There is no { $word } here. To send it as a message, type a space or another slash before it.
command-takes-nothing = Nothing goes behind { $word }. To send it as a message, type a space or another slash before it.
# $what (String) - what is typed behind it, as the list of commands says it
command-needs = Type behind { $word } what it takes: { $what }.
# $name (String) - a username behind an at sign
command-nobody = There is nobody called { $name } who can be taken in here.
command-later = A command is not sent later. To send it as a message, type a space before it.
# $name (String) - a channel's
channel-open = Open the channel { $name }
# The word behind the at sign by which everyone in a conversation is named
everyone = everyone
# $count (Number) - the others who are there
everyone-tells =
    { $count ->
        [one] Notifies 1 person
       *[other] Notifies { $count } people
    }
everyone-warning =
    { $count ->
        [one] This notifies 1 person.
       *[other] This notifies { $count } people.
    }
everyone-refused = There are too many here for @everyone: only the owner and admins can notify them all. Name those it is for.
# $name (String) - whose message, or “You”
reply-to = Reply to { $name }
reply-cancel = Do not reply to it
# $name (String) - first name of who is writing
typing-one = { $name } is writing…
typing-two = { $first } and { $second } are writing…
typing-many = { $count } people are writing…
composer-count = { $count } of { $max } characters
composer-too-long =
    { $count ->
        [one] One character too long: a message has at most { $max }. Shorten it or send it in two parts.
       *[other] { $count } characters too long: a message has at most { $max }. Shorten it or send it in parts.
    }

## Search

search-open = Search messages
search-label = Search all messages
search-close = Close the search
search-results = Results
search-conversations = Conversations
search-messages = Messages
search-beyond = On the server
search-asking = Looking on the server for what is not on this computer yet…
search-look-further = Nothing yet. Look further on the server
search-preview = The result in its conversation
search-in = in { $name }
search-go = Open
search-previous = Previous result
search-next = Next result
search-position = result { $at } of { $count }
search-position-more = result { $at } of more than { $count }
search-whole = Everything on this computer was searched.
search-here = Everything that you look through is on this computer.
# $date (String) - a day
search-since = Everything since { $date } is here.
search-older =
    { $count ->
        [one] One conversation has older messages on the server.
       *[other] { $count } conversations have older messages on the server.
    }
# $name (String) - of a conversation
# $periods (String) - one or several
search-missing = { $name }: missing { $periods }.
search-part =
    { $count ->
        [one] One conversation is not wholly here yet.
       *[other] { $count } conversations are not wholly here yet.
    }
search-searched =
    { $count ->
        [one] 1 message.
       *[other] { $count } messages.
    }
search-start-title = Find anything you ever read
search-start-text = Every word of every message on this computer, online or not.
search-none-title = Nothing found for “{ $query }”
search-none-filtered = Nothing found
search-none-looked = Looked for { $what }.
search-looked-words = “{ $words }”
search-none-text = Covers every message on this computer.
search-none-part = Some conversations are not wholly on this computer yet; more may turn up later.
search-people = People
search-suggestions = What can stand here
search-order = Messages
search-order-newest = Newest first
search-order-best = Best first
search-drop = Remove the filter: { $filter }
search-add-from = From
search-add-in = In
search-add-has = Has
search-add-is = Is
search-add-before = Before
search-add-after = After
search-chip-from = from { $name }
search-chip-in = in { $name }
search-chip-before = before { $date }
search-chip-after = after { $date }
search-chip-on = on { $date }
search-chip-mentions = mentions me
search-chip-without = not { $what }
search-chip-more =
    { $count ->
        [one] one more
       *[other] { $count } more
    }
search-value-link = has a link
search-value-is-link = only a link
search-value-reaction = has a reaction
search-value-starred = starred
search-value-unread = unread
search-value-pinned = pinned
search-value-today = today
search-value-yesterday = yesterday
search-value-me = me
search-problem-value = Type what you look for right behind “{ $filter }:”, without a space between them.
search-problem-date = “{ $text }” is no date. Type it like 2026-01-31, or today, or yesterday.
search-problem-nobody = Nobody whom this computer knows is called “{ $text }”.
search-problem-conversation = No conversation on this computer is called “{ $text }”.
search-problem-has = “has:{ $text }” means nothing here. Type has:link or has:reaction.
search-problem-is = “is:{ $text }” means nothing here. Type is:starred, is:unread, is:pinned or is:link.
search-problem-mentions = “mentions:{ $text }” means nothing here. Type mentions:me.
search-help = What may be typed
search-help-phrase-example = "old belt"
search-help-phrase = words next to each other
search-help-without-example = -belt
search-help-without = without a word; a minus goes before every filter too
search-help-from = who wrote it: a name, @username or me
search-help-in = the conversation it is in
search-help-before = earlier than a day: 2026-01-31, today, yesterday
search-help-after = later than a day
search-help-on = on that day
search-help-has = link or reaction
search-help-is = starred, unread, pinned or link
search-help-mentions = where I am named

## The switcher

switcher-label = Jump to anything
switcher-recent = Recent
switcher-do = Do
# $name (String) - the open conversation's
switcher-here = In { $name }
switcher-choose = choose
switcher-open = open
switcher-link = Go to the message that this link leads to
switcher-search = Search all messages for “{ $query }”
recent-label = Conversations you were in

## A new conversation

new-title = New conversation
new-create = Several people, a group or a channel…
new-placeholder = Name or username
new-hint = Type a few letters of a name or username.
new-hint-offline = You are offline: people you already know are found.
new-none = Nobody found for “{ $query }”
new-none-text = They may not have an account on this server yet. Invite them with the link in the settings.
new-none-offline = You are offline: only people you already know are found.

## Making a conversation of several people, a group, or a channel in one

create-title = New conversation, group or channel
create-what = What
create-conversation = Conversation
create-conversation-text = A few people who talk together.
create-group = Group
create-group-text = People who share channels: a team, a family. Next you make its first channel.
create-channel = Channel
create-channel-text = A conversation in a group, for everybody in it or for some.
create-name = Name
create-name-missing = Type a name.
# $max (Number)
create-name-long = A name has at most { $max } characters. Shorten it.
create-about = What it is about
create-about-help = May stay empty.
# $max (Number)
create-about-long = At most { $max } characters. Shorten it.
create-people = People
create-in = Group
create-no-groups = You own no group yet. Make one first.
create-private = Private
create-private-help = Only the people you choose see it.
create-members = Who is in it
create-members-none = Nobody else is in this group yet. You can add people to it later.
create-go = Create
# Beside somebody who need not be added any more.
people-there = is in it

## About a group

# $name (String) - the group
group-open = About { $name }
group-unnamed = A group
group-people =
    { $count ->
        [one] 1 person
       *[other] { $count } people
    }
# $name (String) - my own name
group-me = { $name } (you)
group-add = Add people
group-add-go =
    { $count ->
        [0] Add
        [one] Add 1 person
       *[other] Add { $count } people
    }
group-ask-first = Ask them first
group-ask-first-text = They get an invitation, and come in when they accept.
# $max (Number)
group-ask-note = What the group is for, or why you thought of them: at most { $max } characters
group-invite-go =
    { $count ->
        [0] Invite
        [one] Invite 1 person
       *[other] Invite { $count } people
    }
group-invited = Invited by you
group-add-who = Its owner and admins add people.
group-waiting = When the server answers
# $date (String) - a day with its year; of people and of one's own account
member-since = Member since { $date }
# $date (String) - a day with its year; of a conversation or a group
made-on = Created on { $date }
# $date (String), $name (String)
made-by = Created on { $date } by { $name }
# $date (String)
made-by-me = Created on { $date } by you
group-more =
    { $count ->
        [one] Show 1 more
       *[other] Show { $count } more
    }
role-owner = Owner
role-admin = Admin
role-member = Member
group-leave = Leave group
group-leaving = You leave this group when the server answers. Until then it can be taken back in the outbox.
group-only-owner = You own it: hand it over or delete it before you leave.
# $name (String) - the group
leave-title = Leave { $name }?
leave-text = Its channels go from this computer and from your other devices. What you wrote stays with the others. To come back, you need somebody who adds you.
leave-offline = You are offline: it happens when the server answers.
leave-go = Leave
group-edit = Edit
group-edit-title = Name and description
group-links = Invitation links
group-deleting = The group is deleted when the server answers. Until then it can be taken back in the outbox.
group-delete = Delete group
# $name (String) - the group
group-delete-title = Delete { $name }?
group-delete-text =
    { $count ->
        [one] Its channels and all that was said in them go for good.
       *[other] Its channels and all that was said in them go for good, for all { $count } people.
    }
# $name (String) - the group
group-delete-type = To go on, type its name: { $name }

## Somebody in a group

# $name (String) - the person
member-find = Find a member
member-menu = About { $name }
member-make-admin = Make admin
member-make-member = Make member again
member-hand-over = Hand group over
member-remove = Take out
# $name (String) - the person, $group (String)
member-remove-title = Take { $name } out of { $group }?
member-remove-text = The group's channels go from their devices. What they wrote stays. While an invitation link is good, they can come back by it.
member-hand-over-title = Hand { $group } over to { $name }?
member-hand-over-text = They own it from then on, and decide who its admins are. You stay as an admin.

## About a conversation

# $name (String) - the conversation
about-open = About { $name }
about-title = A conversation
about-no-topic = Nothing is said yet of what it is about.
about-edit = Edit
about-edit-title = Name and topic
about-topic = Topic
about-people =
    { $count ->
        [one] 1 person
       *[other] { $count } people
    }
about-everybody = Everybody in the group is in this channel.
about-leave = Leave
about-history = Newcomers see what was said before
about-history-shared = Who is added from now on can read everything.
about-history-kept = Who is added from now on reads what is said from then on.
about-delete = Delete for everyone
# $conversation (String) - the conversation
about-delete-title = Delete { $conversation }?
about-delete-text =
    { $count ->
        [one] All that was said in it goes for good.
       *[other] All that was said in it goes for good, for all { $count } people in it.
    }
# $name (String) - the conversation
about-delete-type = To go on, type its name: { $name }
# $conversation (String) - the conversation
about-leave-title = Leave { $conversation }?
about-leave-text = It goes from this computer and from your other devices. What you wrote stays with the others. To come back, you need somebody who adds you.
# $name (String) - the person; $conversation (String) - the conversation
about-out-title = Take { $name } out of { $conversation }?
about-out-text = It goes from their devices. What they wrote stays.

## What happened to a conversation. $name (String) is who did it; the words with -me are for what I did

happened-you = you
# Whose name is not known here.
happened-somebody = somebody
happened-others =
    { $count ->
        [one] 1 other
       *[other] { $count } others
    }
happened-name = { $name } gave this conversation another name.
happened-name-me = You gave this conversation another name.
happened-topic = { $name } changed the topic.
happened-topic-me = You changed the topic.
happened-both = { $name } changed the name and the topic.
happened-both-me = You changed the name and the topic.
happened-shared = { $name } lets newcomers see what was said before.
happened-shared-me = You let newcomers see what was said before.
happened-not-shared = { $name } keeps from newcomers what was said before.
happened-not-shared-me = You keep from newcomers what was said before.
happened-picture = { $name } changed the picture.
happened-picture-me = You changed the picture.
happened-picture-removed = { $name } removed the picture.
happened-picture-removed-me = You removed the picture.
# $people (String) - a list of names
happened-added = { $name } added { $people }.
happened-added-me = You added { $people }.
# $person (String) - who is out
happened-removed = { $name } removed { $person }.
happened-removed-me = You removed { $person }.
happened-left = { $name } left.
happened-left-me = You left.
# $name (String) - who owns the conversation now, as its owner is out
happened-heir = { $name } owns it now.
happened-heir-me = You own it now.
# $person (String) - whom it is about
happened-admin = { $name } made { $person } an admin.
happened-admin-me = You made { $person } an admin.
happened-member = { $name } made { $person } a member again.
happened-member-me = You made { $person } a member again.
happened-unknown = Something happened here that this version of Hearth cannot tell. Update Hearth to read it.

## Links into a group

# $name (String) - the group
invite-title = Invite to { $name }
invite-text = Whoever has the link and an account on this server can join, until it ends or its owner or an admin stops it.
invite-lives = Is good for
invite-hours =
    { $count ->
        [one] 1 hour
       *[other] { $count } hours
    }
invite-days =
    { $count ->
        [one] 1 day
       *[other] { $count } days
    }
invite-uses = For at most
invite-role = They join as
invite-make = Make a link
# Said aloud before the link itself
invite-link = Invitation link
invite-once = It is shown this once. Copy it now.
invite-good = Links that are good
invite-left =
    { $count ->
        [one] 1 more person
       *[other] { $count } more people
    }
# $time (String), $name (String) - who made it
invite-until = until { $time }, made by { $name }
invite-revoke = Stop this link
invite-none = No link is good at the moment.
new-join = Join with a link…
join-title = Join a group
join-link = Invitation link
join-link-help = It starts with hearth://join/.
join-look = See where it leads
join-go = Join
join-open = Open
join-already = You are in this group.

## The outbox

outbox-title = Outbox
outbox-summary =
    { $count ->
        [0] Nothing waits
        [one] { $failed ->
            [0] 1 change waits
           *[other] 1 change needs you
        }
       *[other] { $failed ->
            [0] { $count } changes wait
            [one] { $count } changes wait, 1 needs you
           *[other] { $count } changes wait, { $failed } need you
        }
    }
outbox-open = Outbox, { $count } waiting
outbox-open-failed = Outbox, { $count } waiting, { $failed } not sent
outbox-needs-you = needs you
outbox-else = Everything else
outbox-receipts = Whether others see what you have read
outbox-status = Your status
outbox-about = What you say about yourself
# $name (String) - the new name
outbox-name = Your new name: { $name }
outbox-privacy = Who sees your profile
outbox-arrange = How a conversation stands in my list
# $name (String) - the new name
outbox-device = A device's new name: { $name }
outbox-message = A message
# $text (String) - what is answered
outbox-reply = Reply: { $text }
# $text (String) - what is forwarded
outbox-forward = Forward: { $text }
outbox-edit = An edit
# $text (String) - what is to be sent
outbox-schedule = Send later: { $text }
# $text (String) - what is to be sent instead
outbox-reschedule = Scheduled message, as: { $text }
outbox-reschedule-time = Another time for a scheduled message
outbox-unschedule = Delete a scheduled message
# $text (String) - what the message says without the edit
outbox-edit-of = instead of “{ $text }”
outbox-delete = Delete “{ $text }”
outbox-delete-any = Delete a message
outbox-react = React with { $emoji } to “{ $text }”
outbox-react-any = React with { $emoji }
outbox-unreact = Take { $emoji } back
# $text (String) - what the message says
outbox-star = Star “{ $text }”
outbox-star-any = Star a message
# $text (String) - what the message says
outbox-unstar = Take the star off “{ $text }”
outbox-unstar-any = Take a star off
# $text (String) - what the message says
outbox-pin = Pin “{ $text }”
outbox-pin-any = Pin a message
# $text (String) - what the message says
outbox-unpin = Unpin “{ $text }”
outbox-unpin-any = Unpin a message
outbox-hide = Delete “{ $text }” for me
outbox-hide-any = Delete a message for me
outbox-follow = Follow the thread under “{ $text }”
outbox-follow-any = Follow a thread
outbox-leave-thread = Leave the thread under “{ $text }”
outbox-leave-thread-any = Leave a thread
outbox-show = Show “{ $text }” again
outbox-show-any = Show a message again
# $name (String) - what the collection is called
outbox-collection = New collection “{ $name }”
outbox-collection-rename = Rename a collection to “{ $name }”
outbox-collection-delete = Delete a collection
# $text (String) - what the message says; $name (String) - what the collection is called
outbox-collect = Add “{ $text }” to “{ $name }”
outbox-collect-any = Add a message to “{ $name }”
outbox-take-out = Take a message out of “{ $name }”
outbox-direct = New conversation with { $name }
outbox-conversation = New conversation “{ $name }”
outbox-group = New group “{ $name }”
outbox-channel = New channel “{ $name }”
outbox-private = Make this channel private
outbox-add = Add { $people }
outbox-remove = Remove { $people }
outbox-member-role = Change what { $people } may do here
# $name (String) - the new name
outbox-rename = Rename it to “{ $name }”
outbox-topic = Change the topic
outbox-history = Change what newcomers see
outbox-leave = Leave this conversation
outbox-leave-group = Leave a group
outbox-group-edit = Change the group { $name }
outbox-group-role = Change what { $people } may do in a group
outbox-group-hand-over = Hand { $name } over to { $people }
# $name (String) - the conversation
outbox-conversation-delete = Delete the conversation “{ $name }”
# $name (String) - the group
outbox-group-delete = Delete the group “{ $name }”
outbox-somebody = somebody
outbox-change = A change
outbox-needs = Waits for what it needs
outbox-needs-failed = Waits for what it needs, which needs you
outbox-held = Is sent in { $seconds } s
outbox-behind = Waits for the one before it
outbox-next-try = Next try in { $seconds } s.
outbox-send-again = Send again
outbox-canceling-offline = Is taken back when the server answers
outbox-since = Waits since { $time }
outbox-tries =
    { $count ->
        [one] Tried once, goes on by itself
       *[other] Tried { $count } times, goes on by itself
    }
outbox-try-all = Try all now
outbox-empty-title = Everything is sent
outbox-empty-text = What you write offline waits here, with its reason and its next try.

## Settings

settings-title = Settings
settings-account = Account
settings-signed-in = Signed in as { $username } on { $server }
settings-email = Email address
settings-password = Password
settings-password-text = Changing it signs your other devices out.
# $date (String) - a day with its year
settings-password-changed = Last changed on { $date }. Changing it signs your other devices out.
# $role (String) - what I am on the server
settings-role = Your role on this server: { $role }
# $role (String)
settings-role-waits = It becomes { $role } when your address is verified.
settings-sign-out = Sign out
sign-out-title = Sign out with unsent messages?
sign-out-waiting =
    { $count ->
        [one] One change has not been sent yet. It stays on this computer, encrypted, and goes out when you sign in here again.
       *[other] { $count } changes have not been sent yet. They stay on this computer, encrypted, and go out when you sign in here again.
    }
settings-you = Profile
status-label = Status
status-placeholder = What are you up to?
status-help = A few words beside your name
# $time (String) - a date and a clock
status-until = Shown until { $time }
# $max (Number)
status-too-long = At most { $max } characters.
status-ends = Goes away
# $time (String) - a date and a clock
status-ends-keep = { $time }
status-ends-never = When I change it
status-ends-hour = In an hour
status-ends-today = At the end of today
status-save = Save
status-clear = Clear status
picture-title = Picture
picture-none = Without one your initials stand there
picture-help = Beside your name, wherever others see it
picture-choose = Choose a picture…
picture-remove = Remove
group-picture-help = Beside its channels, for everybody in the group
group-picture-none = Without one its initials stand there
group-picture-crop-title = The group's picture
conversation-picture-help = Beside its name, for everybody who is here
conversation-picture-none = Without one its initials stand there
conversation-picture-none-channel = Without one it looks like its group
conversation-picture-crop-title = The conversation's picture
picture-unreadable = This is no picture that Hearth can show. Choose a PNG, JPEG, WebP or GIF file.
picture-offline = To change a picture you need a connection to the server.
picture-crop-title = Your picture
picture-stage = Part of the picture that others see
picture-keys = Drag it, or move it with the arrow keys; plus and minus make it larger and smaller. Only what you see in the square is sent.
picture-zoom = Zoom
picture-save = Use this picture
picture-saving = Sending…
name-title = Name
name-help = For everybody who sees you somewhere; your username stays
about-label = About
about-placeholder = Who you are, in a few lines
about-help = For everybody with whom you share a conversation or a group, and your contacts
person-title = Profile
card-add = Add to contacts
card-write = Write
# $name (String) - somebody's name
person-open = Profile of { $name }
settings-show-picture = Who sees my picture
settings-show-picture-text = Of the same people
settings-show-status = Who sees my status
settings-show-status-text = Of those with whom you share a conversation or a group, and your contacts
settings-show-seen = Who sees when I am here
settings-show-seen-text = Of the same people: online, away, or when I was last here to within about ten minutes
seen-by-everyone = All of them
seen-by-contacts = My contacts
seen-by-nobody = Nobody
settings-devices = Devices
devices-text = Where you are signed in to this account
devices-offline = Where you are signed in, as it was last known here. Signing a device out needs the server.
device-mine = This device
device-unnamed = A device without a name
# $time (String) - a time, a weekday or a date
device-signed-in = Signed in { $time }
# $name (String) - what the device is called
device-rename = Rename { $name }
device-rename-title = Rename device
device-name = Name
# $max (Number) - characters
device-name-help = At most { $max } characters; your other devices show it too
# $name (String) - what the device is called
device-sign-out-title = Sign out { $name }?
device-sign-out-text = It closes at once. Its history and what was not sent stay there, encrypted, and open again when you sign in on it.
devices-others = All other devices
devices-others-text = If you have lost one, or do not know it
devices-others-go = Sign out all others
devices-others-title = Sign out all other devices?
settings-server = Server
settings-server-embedded = It runs inside this app: others reach it while Hearth is running.
settings-server-here = It runs inside this app, for this computer only, while Hearth is running.
settings-invite-here = It works on this computer only: whoever opens it in Hearth here can create an account.
settings-invite = Invite others
settings-invite-text = Whoever opens this link in Hearth can create an account on this server.
settings-invite-invited = Whoever opens this link in Hearth finds this server. To create an account there, they need an invitation as well.
settings-invite-closed = Whoever opens this link in Hearth finds this server. It takes no new people at the moment.
settings-appearance = Appearance
settings-theme = Theme
theme-system = Follow the system
theme-light = Light
theme-dark = Dark
settings-language = Language
settings-language-text = Of the window, the tray and notifications. What people write stays as it is.
# $name (String) - the language that the system prefers, by its own name
language-system = Follow the system ({ $name })
settings-messages = Messages and window
settings-density = Density
settings-density-text = Compact is one flat column, with more on the screen
settings-list-by-group = List by group
settings-list-by-group-text = In sections that fold, with what is unread in each
settings-list-order-text = What is pinned stays above in each of them
density-comfortable = Bubbles
density-compact = Compact
settings-enter = Enter sends
settings-enter-on = Shift+Enter makes a new line
settings-enter-off = Enter makes a new line, { $key } sends
settings-undo-send = Undo send
# $key (String) - the keys for it
settings-undo-send-text = A message waits for so long before it is sent. Until then you can have it back, also with { $key } in the empty box
undo-send-off = Off
undo-send-for = { $seconds } seconds
settings-receipts = Read receipts
settings-receipts-text = Others see what has reached you and what you have read, in conversations of up to 100 people
settings-privacy = Privacy
settings-read = Read by looking
settings-read-on = What is on the screen counts as read. Others are told of that where you share read receipts
settings-read-off = Nothing counts as read until you press Esc in a conversation, or mark it as read in its menu. Threads are read by opening them
settings-notify = Notifications show
settings-notify-text = None for the conversation in front of you
notify-text = Sender and text
notify-sender = Only the sender
notify-nothing = Nothing
settings-quiet = Do not disturb
settings-quiet-text = No notifications for a time, or until you turn it off; the tray has it too
settings-notifications = Notifications
undisturbed-off = Off
undisturbed-half-hour = For 30 minutes
undisturbed-hour = For 1 hour
undisturbed-tomorrow = Until tomorrow
undisturbed-for-ever = Until I turn it off
undisturbed-until = Until { $time }
undisturbed-end = End do not disturb
quiet-hours = Quiet hours
quiet-hours-text = No notifications at these hours. They begin on the days you choose and may end on the next one
quiet-from = From
quiet-to = To
quiet-days = Days on which they begin
quiet-never = No day is chosen: it is never quiet.
quiet-whole-day = Both times are the same: it is quiet for 24 hours.
quiet-zone = Time zone
quiet-zone-here = This computer's
settings-keywords = Words to be notified of
settings-keywords-text = A message with one of them counts as if it mentioned you. Whole words, in any case
keyword-add = Add word
# $word (String) - the word, as it was added before
keyword-known = “{ $word }” is one of them already.
keyword-remove = Remove { $word }
settings-break-mute = Mentions come through mute
settings-break-mute-text = What mentions you, answers you or has one of your words notifies you in muted conversations too
settings-sound = Sound
settings-sound-text = Notifications are heard as well
settings-try = Try it
settings-try-text = A notification as they come, whatever the settings above say
settings-try-do = Show one
settings-try-shown = It was shown. If you did not see it, look in the settings of your desktop.

## Why I was told of a message, or not: each rule with what it said

why-title = Why was I told, or not?
why-decides = This decides.
why-told-then = You were notified of this message, { $time }.
why-quiet-then = You were not notified of this message, { $time }.
why-told-now = What was decided when it came is not known any more. If it came now and you were looking elsewhere, you would be notified.
why-quiet-now = What was decided when it came is not known any more. If it came now and you were looking elsewhere, you would not be notified.
why-mine = You wrote it.
why-mine-not = Somebody else wrote it.
why-blocked = You have blocked who wrote it.
why-blocked-not = You have not blocked who wrote it.
why-read = You had read it already.
why-read-not = You had not read it.
why-mention = It mentions you.
why-mention-not = It does not mention you.
why-reply = It answers a message of yours.
why-reply-not = It answers no message of yours.
why-keyword = It has your word “{ $word }”.
why-keyword-not = It has none of your words.
why-mute = The conversation is muted.
why-mute-through = The conversation is muted, but this is for you and comes through.
why-mute-not = The conversation is not muted.
why-nothing = You want to be notified of nothing here.
why-nothing-not = You have not asked to be notified of nothing here.
why-mentions = You want to be notified here only of what is for you, and this is not.
why-mentions-through = You want to be notified here only of what is for you, and this is.
why-mentions-not = It need not be for you here.
why-shown = Notifications show nothing on this computer.
why-shown-not = Notifications are shown on this computer.
why-undisturbed = Do not disturb is on.
why-undisturbed-not = Do not disturb is off.
why-hours = These are your quiet hours.
why-hours-not = These are not your quiet hours.
why-presence = It was on the screen, but nobody had touched the window for a while.
why-presence-not = The window was not left open with nobody in front of it.
why-screen = It was on the screen in front of you.
why-screen-not = It was not on the screen in front of you.
why-everything = You want to be notified of everything here.
why-everything-not = You do not want to be notified of everything here.
settings-close = When the window is closed
settings-close-text = In the tray Hearth goes on receiving
close-choice-ask = Ask
close-choice-tray = Stay in the tray
close-choice-quit = Quit
settings-autostart = Start with the computer
settings-autostart-text = Hearth opens when you log in to this computer
settings-start-hidden = Start in the tray
settings-start-hidden-text = Then without a window, until you open it. Where there is no tray, the window is minimised
settings-keys = Keys
settings-storage = Storage
settings-about = About
settings-version = Hearth { $version }
settings-profile = Profile { $profile }

## The list of keys

keys-switch = Jump to a conversation
keys-search = Search all messages
keys-search-here = Search the open conversation
keys-recent = To the conversation you were in before; hold Ctrl for earlier ones
keys-history = Back and forward through what you had open
keys-nth = To the first nine conversations of the list
keys-new = New conversation
keys-account = Account 1 to 9
keys-about = About the open conversation
keys-step = Next or previous conversation
keys-step-unread = The same, only unread ones
keys-fold = In the list by group: fold or unfold a section
keys-edit-last = Edit your last message, in an empty message box
keys-later = Send later, in the message box
keys-undo-send = Have back what you just sent, in an empty message box
keys-reply = Reply to the message that has the focus
keys-choose-reply = Choose what to reply to, in the message box
keys-edit = Edit the message that has the focus
keys-delete = Delete it
keys-undo-hide = Show again what you deleted for yourself last, among the messages
keys-unread = Mark as unread from the message that has the focus
keys-react = React to the message that has the focus
keys-star = Star it, or take its star off
keys-collect = Add it to a collection
keys-versions = What it said before it was edited
keys-thread = Answer in a thread
keys-forward = Forward it
keys-link = Copy the link to it
keys-complete = People, channels and emoji by name, in the message box
keys-commands = Commands, in an empty message box
keys-bold = Bold, in the message box
keys-italic = Italic
keys-strike = Struck out
keys-code = Code
keys-landmark = To the next part of the window
keys-first-unread = To the first unread message
keys-date = To a date
keys-escape = Close what lies on top; then read everything here
keys-settings = Settings
keys-list = This list

## Closing the window

close-title = Keep Hearth running?
close-text = In the tray it goes on receiving messages and tells you about them. You can change this in the settings.
close-remember = Remember my choice
close-tray = Stay in the tray
close-quit = Quit

## The inbox

rail-inbox = Inbox
# $count (Number)
rail-inbox-untold =
    { $count ->
        [one] Inbox: 1 thing you have not read
       *[other] Inbox: { $count } things you have not read
    }
inbox-title = Inbox
inbox-read-all = Mark all as read
inbox-nothing-title = Nothing new
inbox-nothing = Requests, invitations and unread conversations come together here.
inbox-unread = Not read yet
# $count (Number)
inbox-messages =
    { $count ->
        [one] 1 unread message
       *[other] { $count } unread messages
    }
inbox-friend = Asks to be your contact
inbox-request-accepted = Is your contact now
inbox-invitation-accepted = Is in { $group } now
inbox-group-deleted = Its owner has deleted this group
# $conversation (String) - what it was called
inbox-conversation-deleted = Has deleted “{ $conversation }”
inbox-conversation-deleted-any = This conversation was deleted
inbox-mention = Mentions you in { $place }
# $place (String) - the conversation
inbox-reply = Replies to you in { $place }
inbox-missed-call = A call that you missed
inbox-accepted = You accepted
inbox-declined = You declined
inbox-withdrawn = Taken back

## People: contacts, requests, blocks

people-title = People
people-find = Find people
people-found = Found
people-incoming = Ask you
people-invited = Invitations to groups
# $group (String) - its name when the invitation was made
people-invites-into = Invites you to { $group }
people-join = Join
# $group (String)
people-join-group = Join { $group }
# $name (String), $group (String)
people-decline-group = Decline { $name }'s invitation to { $group }
people-outgoing = Asked by you
people-contacts = Contacts
people-nobody-title = No contacts yet
people-nobody = Find somebody by name, and ask them.
people-add = Add
# $name (String)
people-add-name = Add { $name } as a contact
people-accept = Accept
# $name (String)
people-accept-name = Accept { $name }
people-decline = Decline
# $name (String)
people-decline-name = Decline { $name }
people-withdraw = Take back
# $name (String)
people-withdraw-name = Take back what you ask { $name }
# $name (String)
people-write = Write to { $name }
# $name (String)
people-remove = Remove { $name } from your contacts
# $name (String)
people-block = Block { $name }
people-is-contact = Your contact
people-is-asked = Has not answered yet
people-is-blocked = Blocked by you
people-asks-you = Asks you
people-unsent = Goes out when you are online

# $name (String)
ask-title = Ask { $name }
ask-note = A note
# $max (Number)
ask-note-help = Say who you are, if they might not know: at most { $max } characters
ask-offline = It goes out when you are online again.
ask-go = Send request

# $name (String)
remove-title = Remove { $name }?
remove-text = You are contacts no longer, and neither are you theirs. Your conversation stays.
remove-go = Remove

# $name (String)
block-title = Block { $name }?
block-text = You cannot write to each other, invite each other, or see each other's status. In groups that you share their messages are collapsed. They are not told.
block-go = Block
block-open = Block…
# $name (String)
blocked-note = You have blocked { $name }. Nothing passes between you.
unblock = Unblock
# $name (String)
unblock-name = Unblock { $name }
settings-blocked = Blocked people
blocked-text = You cannot write to each other, and they are not told
blocked-nobody = You have blocked nobody
message-blocked = Message from someone you blocked
message-show = Show

# $name (String)
outbox-request-friend = Ask { $name } to become a contact
# $people (String), $name (String) - the group
outbox-invite = Invite { $people } to { $name }
outbox-answer = Answer a request
outbox-read = Mark notifications as read
outbox-withdraw = Take back a request
# $name (String)
outbox-remove-contact = Remove { $name } from your contacts
# $name (String)
outbox-block = Block { $name }
# $name (String)
outbox-unblock = Unblock { $name }

## Roles on the server, and what they allow

server-role-admin = Admin
server-role-member = Member
server-role-guest = Guest
server-role-unknown = another role
server-role-admin-text = May do everything.
server-role-member-text = Finds people, begins conversations and creates groups.
server-role-guest-text = Is where others take them, and begins nothing.
permission-find-people = Find people
permission-find-people-text = Search everybody on this server by name.
permission-start-conversations = Begin conversations
permission-start-conversations-text = Write to people first, one or several.
permission-create-groups = Create groups
permission-create-groups-text = Make groups, with channels in them.
permission-invite-to-server = Invite to the server
permission-invite-to-server-text = Make invitations by which new people sign up.
permission-manage-people = Manage people
permission-manage-people-text = See all accounts, give roles, deactivate, help those who cannot sign in.
permission-manage-roles = Manage roles
permission-manage-roles-text = Create, change and delete roles that allow no more than their own.
permission-manage-settings = Manage settings
permission-manage-settings-text = Who may sign up, how long messages are kept, and limits.
permission-read-audit-log = Read the audit log
permission-read-audit-log-text = See what was done in administering this server.
may-not-find = Your role on this server does not let you search for people: those you already know are found.
may-not-start = Your role on this server does not let you begin conversations. Others can begin one with you.
may-not-create-groups = Your role on this server does not let you create groups.

## Administering the server

admin-title = Server settings
admin-people = People
admin-roles = Roles
admin-settings = Sign-up and settings
admin-invites = Invitations
admin-audit = Audit log
admin-offline = You are offline: this needs a connection to the server.
admin-offline-stays = You are offline: this is how it was, and nothing can be changed before you are connected again.
admin-refused = Your role on this server does not allow this any more.
admin-more = Show more

admin-people-find = Search by name, username or address
admin-people-show = Show
admin-people-all = Everybody
admin-people-active = Active
admin-people-deactivated = Deactivated
admin-people-none = Nobody is found.
# $count (Number) - accounts that fit
admin-people-count =
    { $count ->
        [one] 1 account
       *[other] { $count } accounts
    }
admin-person-username = Username
admin-person-no-email = None
# $address (String)
admin-person-unverified = { $address }, not verified
admin-person-since = Account since
admin-person-seen = Last seen
admin-person-never = Never
# $count (Number)
admin-person-devices =
    { $count ->
        [0] None signed in
        [one] 1 signed in
       *[other] { $count } signed in
    }
admin-person-on = On
admin-person-off = Off
admin-own = This is your own account: somebody else has to administer it.
admin-out-of-reach = Their role allows more than yours, so you cannot change this account.
admin-role = Role
admin-role-help = What they may do on this server, from now on.
admin-role-give = Give role
# $name (String), $role (String)
admin-role-given = { $name }: the role is { $role } now.
admin-reset = New password
admin-reset-help = A code with which they choose one, if they cannot sign in. Their devices are signed out when they do.
admin-reset-go = Make a code
# $time (String)
admin-reset-until = It is shown this once, and is good until { $time }. Pass it on: it goes into “Forgot your password?” on their sign-in page.
# $time (String)
admin-reset-mailed = It went to their address as well. It is shown this once, and is good until { $time }.
admin-sign-out = Sign out everywhere
admin-sign-out-help = On all their devices, if one was lost or stolen.
# $name (String)
admin-sign-out-title = Sign { $name } out everywhere?
admin-sign-out-text = All their devices close at once. What they had not sent stays there, and they can sign in again.
admin-two-step-help = On. Turn it off for who has lost both their app and their recovery codes.
# $name (String)
admin-two-step-title = Turn off two-step sign-in for { $name }?
admin-two-step-text = Their password alone is enough then. Make sure that it is them who asks.
admin-deactivate = Deactivate
admin-deactivate-help = They cannot sign in until somebody turns the account on again.
admin-deactivate-open = Deactivate…
# $name (String)
admin-deactivate-title = Deactivate the account of { $name }?
admin-deactivate-text = They are signed out on all their devices at once and cannot sign in. Others see that the account is deactivated. Nothing is deleted, and you can turn it on again.
admin-deactivate-go = Deactivate
admin-reactivate = Deactivated account
admin-reactivate-go = Turn on again
# $date (String)
admin-deactivated-self = Deactivated by themselves on { $date }: signing in turns it on again.
# $date (String)
admin-deactivated-admin = Deactivated on { $date }. They cannot sign in.

admin-roles-text = What people may do on this server.
admin-role-new = New role
admin-role-nothing = nothing
# $count (Number)
admin-role-people =
    { $count ->
        [0] Nobody has it
        [one] 1 person has it
       *[other] { $count } people have it
    }
admin-role-out-of-reach = it allows more than yours
# $name (String)
admin-role-edit-name = Edit the role { $name }
# $name (String)
admin-role-delete-name = Delete the role { $name }
admin-role-new-title = New role
admin-role-edit-title = Edit role
admin-role-text = Whoever has it may do what is ticked, from now on.
admin-role-allows = It allows
admin-role-not-mine = Your own role does not allow this, so you cannot pass it on.
# $name (String)
admin-role-delete-title = Delete the role { $name }?
admin-role-delete-text = Nobody has it. What was done with it stays in the audit log.
# $count (Number)
admin-role-in-use =
    { $count ->
        [one] 1 person has this role. Give them another one first.
       *[other] { $count } people have this role. Give them another one first.
    }

admin-fixed = Set on the server's command line.
admin-unsaved = Not saved yet
admin-unsaved-offline = Not saved yet. It stays here until you are connected again.
admin-saved = The server's settings are saved.
admin-name = Name of the server
admin-name-help = What people see where they sign in.
admin-name-missing = Type what the server is called.
admin-new-people = New people
admin-sign-up = Who may sign up
admin-sign-up-help = People who have an account stay, whatever this says.
admin-sign-up-open = Everybody
admin-sign-up-invited = Who has an invitation
admin-sign-up-closed = Nobody
admin-domains = Domains of addresses
admin-domains-help = Only people with an address there sign up, such as example.org, school.example. Empty: any address.
# $domain (String)
admin-domain-wrong = { $domain } is no domain. Write them like example.org, with commas between them.
admin-email-help = Whether people give one when they sign up.
admin-email-optional = If they like
admin-email-required = Needed
admin-email-off = Not asked for
admin-password = Characters of a password
admin-password-help = How many a new password has at least.
# $min (Number)
admin-password-wrong = Type a number, { $min } or more.
admin-default-role = Role of new people
admin-default-role-help = Unless their invitation says another one.
admin-messages = Messages
admin-retention = Days that messages are kept
admin-retention-help = Older messages are deleted for everybody, on the server and on people's computers. Empty: they are kept for ever.
admin-retention-wrong = Type a number of days, or leave it empty to keep messages for ever.
# $count (Number) - days
admin-retention-warning =
    { $count ->
        [one] All messages older than 1 day will be deleted for everybody. They cannot come back.
       *[other] All messages older than { $count } days will be deleted for everybody. They cannot come back.
    }
admin-retention-title = Delete older messages?
# $count (Number) - days
admin-retention-question =
    { $count ->
        [one] Every message older than 1 day is deleted for everybody, on the server and on all computers, as soon as you save. This can't be undone.
       *[other] Every message older than { $count } days is deleted for everybody, on the server and on all computers, as soon as you save. This can't be undone.
    }
admin-retention-go = Save and delete
admin-limits = Limits
admin-limits-help = How often somebody may do what costs. Whoever does it more often is asked to wait.
admin-limit = What
admin-limit-burst = At once
admin-limit-minute = Then a minute
admin-limit-wrong = Type numbers, 1 or more.
limit-sign-in-per-account = Tries to sign in, for an account
limit-sign-in-per-address = The same, from a network address
limit-sign-in-per-device = The same, by a device
limit-sign-up-per-address = New accounts from a network address
limit-codes-per-account = Codes by mail, for an account
limit-people-search = Searches for people, by a person
limit-invite-links = Links and invitations, by a person
limit-pictures = Uploads of pictures, by a person

admin-invite-new = New invitation
admin-invite-make = Make an invitation
admin-invite-good = Invitations that are good
admin-invite-none = No invitation is good at the moment.
# $count (Number), $role (String) - what they become
admin-invite-left =
    { $count ->
        [one] 1 more person, as { $role }
       *[other] { $count } more people, as { $role }
    }
# $time (String) - until when it is good
admin-invite-revoke = Revoke the invitation that is good until { $time }

## What was done in administering, in sentences. $actor (String) - who did it; $subject (String) - to whom

audit-none = Nothing was done yet.
# Where it was done by a command where the server runs.
audit-owner = The owner at the server's computer
audit-found = { $actor } founded the server.
# $from and $to (String) - roles
audit-give-role = { $actor } gave { $subject } the role { $to } instead of { $from }.
audit-deactivate = { $actor } deactivated the account of { $subject }.
audit-deactivate-self = { $actor } deactivated their own account.
audit-reactivate = { $actor } turned the account of { $subject } on again.
audit-reactivate-self = { $actor } turned their own account on again by signing in.
audit-make-reset = { $actor } made a code with which { $subject } can choose a new password.
audit-sign-out = { $actor } signed { $subject } out on all devices.
audit-two-step = { $actor } turned off two-step sign-in for { $subject }.
# $name (String) - a role
audit-create-role = { $actor } created the role { $name }.
audit-change-role = { $actor } changed the role { $name }.
# $before and $name (String) - what a role was called, and is now
audit-rename-role = { $actor } changed the role { $before }, which is called { $name } now.
audit-delete-role = { $actor } deleted the role { $name }.
# $permissions (String)
audit-permissions = It allows: { $permissions }
audit-change-settings = { $actor } changed the server's settings.
# $setting (String), $before and $after (String) - what it said, and says
audit-change = { $setting }: { $after }, before { $before }
# $role (String), $count (Number) - people
audit-create-invite =
    { $count ->
        [one] { $actor } made an invitation for 1 person, as { $role }.
       *[other] { $actor } made an invitation for { $count } people, as { $role }.
    }
audit-revoke-invite = { $actor } revoked an invitation.
audit-unknown = { $actor } did something that this version of Hearth has no words for. Update Hearth to read it.
# $burst and $minute (Number)
audit-rate = { $burst } at once, { $minute } a minute
audit-for-ever = for ever
# $count (Number)
audit-days =
    { $count ->
        [one] 1 day
       *[other] { $count } days
    }
audit-any-domain = any
