# README.html in the archive of everything of one's own. What stands between ` ` is typed as it is: names of files and fields.

readme-title = Everything of yours in Hearth
readme-what = This archive holds what is yours on a Hearth server, and what you could read there when it was made: nothing of it needs Hearth to be read. The files are JSON, and JSON Lines (one JSON value a line) for messages. Times are milliseconds since the beginning of { $epoch } UTC by the server's clock, ids are UUIDs.
readme-care = Nobody else could look into Hearth on your computer. Everybody who has this file can look into it: keep it where you keep your letters.

# The table: a file, and what is in it.
readme-file = File
readme-holds = Holds
readme-manifest = When, by what and from where it was made, whether it is whole, the conversations by name, and the SHA-256 of every other file
readme-account = Your account: names, address, status, what you say about yourself, and who sees what (`privacy`)
readme-picture = Your picture, if you have one
readme-external = The accounts by which you sign in, and whether you have a password. No password, no token, no key is in this archive
readme-devices = Where you are or were signed in, and when each was last connected
readme-people-known = People whom you know or have blocked, or had
readme-inbox = What you asked and were asked, and what you were told of
readme-memberships = The conversations and groups that you are or were in
readme-read = How far you have read
readme-arrangements = Which conversations you have pinned, archived or muted
readme-hidden = Which messages you have hidden for yourself, or had
readme-threads = Which threads you follow or have left, and how far you have read them
readme-stars = Which messages you have starred, or had
readme-collections = The collections that you have made, or had, and which messages are or were in them
readme-scheduled = Messages that you have scheduled: what waits for its time with its words, of what was sent or given up only that it was
readme-people = What others tell you of themselves
readme-group = A group: `group.json`, `members.json`, `channels.json`
readme-conversation = A conversation: `conversation.json`, `members.json`, `messages.jsonl`; `pins.json` says what is or was pinned in it; `read.json` and `delivered.json` say what has reached whom; `retention.json`, if older messages were removed
readme-unsent = What you have typed and not sent, and what waits to be sent, on the computer where this was made
readme-versions = What edited messages said before, where you have looked it up on the computer where this was made
readme-settings = How you want the app
readme-unknown = What a newer server said and this version of the app could not read

readme-message = A line of `messages.jsonl` is a message, the oldest first: `pos` is its place, `sender` whose it is, `from` their name, `mine` whether it is yours, `kind` what it is (`text`; `emoji`: up to three of them alone; `link`: one alone; `system`: what happened to the conversation), `body` what was said, or null with `deleted` where it was deleted: only its place is left then. `revision` counts its edits, `reactions` says who has put which emoji on it.
readme-left = Of conversations that you have left only that you were there is in here. Of those whose history you could not see, you see none here.
readme-from-here = `manifest.json` says `"from": "this_computer"` when the server could not be reached: then a conversation that is not `complete` lacks at most `missing` messages, and what only the server knows (`external_accounts.json`, `devices_seen.json`) is left out.
