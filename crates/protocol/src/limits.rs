//! Every bound in one place, with its reason. Both sides check: the client to say so kindly, the server because it must.

use crate::Millis;

/// A message's text. Eight times the length of the longest message in the corpus; longer things are files.
pub const TEXT_CHARS_MAX: usize = 16_000;
/// People whom one message names: each of them is told by a row of their own.
pub const MENTIONS_PER_MESSAGE_MAX: usize = 50;
/// Above so many people in a conversation its owner and admins alone name everyone there: each of them is told by a row of their own.
pub const EVERYONE_MEMBERS_MAX: usize = 20;
/// Whoever is about to tell more people than that sees how many.
pub const EVERYONE_UNWARNED_MAX: usize = 10;
/// Channels to which one message leads: each is looked up by whoever draws it.
pub const CHANNELS_PER_MESSAGE_MAX: usize = 20;
/// Messages pinned in one conversation: each is in the first copy of every device, and nobody looks through more.
pub const PINS_MAX: usize = 50;
/// Messages that somebody has starred, for the same reason.
pub const STARS_MAX: usize = 10_000;
/// Messages that somebody has hidden for themselves, for the same reason.
pub const HIDDEN_MAX: usize = 10_000;
/// Lists of messages that somebody has made for themselves: each is in the first copy of every device, and a menu of more is none.
pub const COLLECTIONS_MAX: usize = 100;
/// Messages in one of them. All of them end in one commit with it.
pub const COLLECTED_MAX: usize = 1_000;
/// What a collection is called, on one line.
pub const COLLECTION_NAME_CHARS_MAX: usize = 64;
/// Versions of one message in an answer: the first one and the newest. Whoever edits it oftener hides by that only what lies between.
pub const MESSAGE_VERSIONS_MAX: usize = 100;
/// One HTTP request or client frame: a full batch of ordinary mutations, or one of the largest.
pub const REQUEST_BYTES_MAX: usize = 1024 * 1024;
/// Mutations in one frame or request; more would make one client's commit slow for all.
pub const MUTATIONS_PER_BATCH_MAX: usize = 100;
/// Streams in one pull.
pub const STREAMS_PER_PULL_MAX: usize = 200;
/// Rows in one pull page or history page. A commit is never split, so a page may exceed it by one commit.
pub const ROWS_PER_PAGE_MAX: u32 = 1_000;
/// Pages of history that a client asks for at the same time.
pub const PAGES_AT_ONCE_MAX: usize = 4;
/// Places in one digest: what one page of history has.
pub const SEGMENT_PLACES_MAX: u64 = ROWS_PER_PAGE_MAX as u64;
/// Segments in one question for digests.
pub const SEGMENTS_PER_REQUEST_MAX: usize = 50;
/// Different emoji on one message: what stands under it stays a line or two. Any number of people may have the same.
pub const EMOJI_PER_MESSAGE_MAX: usize = 20;
/// Emoji of one person on one message.
pub const EMOJI_PER_PERSON_MAX: usize = 10;
/// Reactions on one message, so that the page with it stays one that can be sent: as many as a group has people.
pub const REACTIONS_PER_MESSAGE_MAX: usize = 10_000;
/// Reactions that a page of messages brings with them. Where they have more it has fewer messages, but for one whose own are more.
pub const REACTIONS_PER_PAGE_MAX: u64 = 5_000;
/// A time that never comes: the last that a date in the page can be.
pub const FOR_EVER: Millis = 8_640_000_000_000_000;
/// Newest messages that a new replica takes per conversation before it backfills the rest.
pub const TAIL_MESSAGES: u32 = 50;
/// Messages of one timeline page on the screen.
pub const TIMELINE_PAGE: u32 = 60;

pub const USERNAME_CHARS_MIN: usize = 2;
pub const USERNAME_CHARS_MAX: usize = 32;
pub const NAME_CHARS_MAX: usize = 64;
pub const CONVERSATION_NAME_CHARS_MAX: usize = 128;
/// People in one group or conversation: who may see a stream is kept in memory, and each of them is told of every message.
pub const GROUP_MEMBERS_MAX: usize = 10_000;
/// Above so many people nobody is told who has read what: each reading would be a row for each of them.
pub const RECEIPTS_MEMBERS_MAX: usize = 100;
/// The newest changes of a receipts stream that a first copy brings: older messages were read long ago.
pub const RECEIPTS_TAIL_MAX: u64 = 5_000;
/// A device says at most this often how far one conversation's messages have reached it.
pub const DELIVERED_EVERY_MS: i64 = 5_000;
/// People named in one mutation; a larger group is filled by several.
pub const MEMBERS_PER_CHANGE_MAX: usize = 500;
/// Channels of one group: each is a line in everybody's list, and a stream in the heads of whoever joins.
pub const CHANNELS_PER_GROUP_MAX: usize = 2_000;
/// Accounts, or administrative acts, told at a time.
pub const ADMIN_PAGE: usize = 50;
/// Roles that the admins of one server make.
pub const ROLES_MAX: usize = 50;
/// Invitations to one server that are good at the same time.
pub const SERVER_INVITES_MAX: usize = 500;
/// Domains by which a server takes people.
pub const MAIL_DOMAINS_MAX: usize = 100;
/// Links into one group that are good at the same time: a list that somebody can look through.
pub const INVITE_LINKS_MAX: usize = 50;
/// A link into a group ends by then: one that is forgotten in an old letter is worth nothing.
pub const INVITE_LINK_MS_MAX: i64 = 90 * 24 * 60 * 60 * 1_000;
/// People who may join by one link.
pub const INVITE_LINK_USES_MAX: u32 = 1_000;
pub const TOPIC_CHARS_MAX: usize = 512;
/// What a server asks for unless its owner says otherwise.
pub const PASSWORD_CHARS_MIN: usize = 10;
/// The least that an owner may ask for.
pub const PASSWORD_CHARS_FLOOR: usize = 6;
/// Guesses that zxcvbn thinks a password takes: a server lets through some thousands a day. Six characters at random are as many.
pub const PASSWORD_GUESSES_MIN: u64 = 1_000_000;
/// Argon2 is linear in its input: without a cap a megabyte of password would be a weapon.
pub const PASSWORD_BYTES_MAX: usize = 512;
pub const DEVICE_NAME_CHARS_MAX: usize = 64;
/// What fits into an SMTP command (RFC 5321).
pub const EMAIL_BYTES_MAX: usize = 254;
/// A hundred million codes: five guesses at each hit one of them in twenty million.
pub const CODE_DIGITS: usize = 8;
/// Long enough for a slow mail server, short enough for a code that lies in a mailbox.
pub const CODE_MS: i64 = 15 * 60 * 1_000;
/// The same, of one for a new password that somebody who manages people passes on.
pub const RESET_CODE_MS: i64 = 24 * 60 * 60 * 1_000;
pub const CODE_ATTEMPTS_MAX: i64 = 5;
/// Between the password and the code of the second step: a person looks for a phone.
pub const SECOND_STEP_MS: i64 = 5 * 60 * 1_000;
/// Codes tried after one password.
pub const SECOND_STEP_TRIES_MAX: u32 = 5;
/// Wrong codes of an authenticator app in a day, before only a recovery code is taken: who has the password hits one of the three codes
/// that are good in seventeen thousand days.
pub const TOTP_WRONG_MAX: i64 = 20;
pub const TOTP_WRONG_MS: i64 = 24 * 60 * 60 * 1_000;
/// Signing in at a provider: its page, its own second step, and a password that has to be looked for.
pub const PROVIDER_MS: i64 = 10 * 60 * 1_000;
/// Accounts at providers that one person may link.
pub const EXTERNAL_ACCOUNTS_MAX: i64 = 10;
/// Turning two-step sign-in on: time to find an app and install it.
pub const TWO_STEP_SET_UP_MS: i64 = 15 * 60 * 1_000;
pub const RECOVERY_CODES: usize = 10;
/// A search text, in people search and in messages.
pub const QUERY_CHARS_MAX: usize = 200;
pub const PEOPLE_FOUND_MAX: u32 = 20;
/// Messages that the server looks through for one search: some tens of milliseconds. The answer says where to go on.
pub const SEARCH_MESSAGES_MAX: u32 = 4_000;
/// Hits of one answer to a search.
pub const SEARCH_HITS_MAX: u32 = 50;
/// Conversations that one search goes through: each is looked up.
pub const SEARCH_PLACES_MAX: usize = 200;
/// Words and phrases of a search, and days that are not to be.
pub const SEARCH_TERMS_MAX: usize = 16;
/// Words of one of them, each cut by `crates/text`.
pub const SEARCH_WORDS_MAX: usize = 32;
/// People whom one search means.
pub const SEARCH_PEOPLE_MAX: usize = 16_000;
/// Words beside a name: more does not fit on one line.
pub const STATUS_CHARS_MAX: usize = 140;
/// Who somebody is, in their own words: a paragraph.
pub const ABOUT_CHARS_MAX: usize = 500;
/// A picture as it is uploaded: the app sends a square of `PICTURE_LARGE_PX`, which is less however it is kept.
pub const PICTURE_BYTES_MAX: usize = REQUEST_BYTES_MAX;
/// The sides of an uploaded picture, looked at before it is decoded: 16 MiB of pixels.
pub const PICTURE_SIDE_MAX: u32 = 2_048;
/// A picture to be looked at: the largest that a page shows, on a dense screen.
pub const PICTURE_LARGE_PX: u32 = 512;
/// A picture beside a name: 64 pixels on a dense screen. Some KiB, as every app keeps those of the people whom it shows.
pub const PICTURE_SMALL_PX: u32 = 128;
/// Profiles named as known, and told, in one request: a page of about 64 KiB, so that 5,000 people are a few requests.
pub const PROFILES_PER_PAGE_MAX: usize = 1_000;
/// Somebody who stays connected is seen again this often: each time is a write, and an entry in the next answer of each who may see it.
pub const SEEN_EVERY_MS: i64 = 10 * 60 * 1_000;
/// Who joins or leaves something larger is not told to the others by a frame: each of them would ask for everybody. They ask by
/// themselves soon enough.
pub const PROFILES_MEMBERS_MAX: usize = 100;
/// A friend request's note: a few sentences that say who one is.
pub const NOTE_CHARS_MAX: usize = 300;
/// Friend requests of one person without an answer: more is no longer asking people whom one knows.
pub const REQUESTS_PENDING_MAX: usize = 100;
/// Invitations into groups of one person without an answer.
pub const INVITATIONS_PENDING_MAX: usize = 1_000;
/// Notifications that one mutation says are read.
pub const NOTIFICATIONS_PER_CHANGE_MAX: usize = 500;
/// Each is a row in the first copy of every device.
pub const CONTACTS_MAX: usize = 5_000;
/// The same; and the server knows by heart whom somebody has blocked.
pub const BLOCKS_MAX: usize = 5_000;
/// A wrapped replica key with its nonce and tag, in base64.
pub const WRAPPED_KEY_BYTES_MAX: usize = 256;
/// Devices of one person whose keys are kept: more than anybody owns.
pub const WRAPPED_KEYS_MAX: i64 = 100;

/// A single-use WebSocket ticket lives this long.
pub const TICKET_MS: i64 = 30_000;
/// The server's heartbeat. A client that hears nothing for three of them reconnects.
pub const HEARTBEAT_MS: u64 = 5_000;
/// Somebody who types says so again this often, and the server passes it on no more often.
pub const TYPING_EVERY_MS: u64 = 3_000;
/// Who has not said so again after this long does not type any more.
pub const TYPING_TTL_MS: u64 = 6_000;
/// In a larger conversation nobody is told who types: it would be noise, and a frame for each of them.
pub const TYPING_MEMBERS_MAX: usize = 100;
/// Who touches nothing for so long is away: a coffee, not a thought.
pub const IDLE_MS: u64 = 300_000;
/// People whose presence one app is told of: a screen, and the people around it.
pub const WATCHED_MAX: usize = 200;
/// Rows of one stream in one frame; a larger commit (an import) is cheaper to pull, compressed.
pub const PUSHED_ROWS_MAX: usize = 256;
/// Sockets of one person: every device twice over, but no flood.
pub const SOCKETS_PER_PERSON_MAX: usize = 50;
/// Frames waiting for one slow reader before it is demoted to hints.
pub const SOCKET_FRAMES_MAX: usize = 256;
/// Mutations waiting for the committer before the server answers 429.
pub const COMMIT_QUEUE_MAX: usize = 4_096;
/// Mutations in one commit: enough to share an fsync, few enough to stay fair.
pub const COMMIT_BATCH_MAX: usize = 256;
/// Mutations that one device keeps in flight on its socket.
pub const IN_FLIGHT_MAX: usize = 64;
/// After so long without an answer a mutation is not sent again under its id: the server forgets results after 90 days, and would do it twice.
pub const RESEND_MS_MAX: i64 = 60 * 24 * 60 * 60 * 1_000;
/// What was acknowledged is kept so long by its author's device, to be sent again to a server that is set back to a backup; there it
/// waits so long for what it needs. Backups that are older than a week are no backups.
pub const REPLAY_MS_MAX: i64 = 7 * 24 * 60 * 60 * 1_000;
/// A message that has just been sent can be taken back before it goes for at most so long: whoever waits for an answer should not wait for that.
pub const UNDO_SEND_MS_MAX: i64 = 30_000;
/// Messages of one person that wait for their time: each is in the first copy of every device, and more is a campaign.
pub const SCHEDULED_MAX: usize = 100;
/// A message waits for its time at most so long: who knows what should be said in two years?
pub const SCHEDULE_MS_MAX: i64 = 366 * 24 * 60 * 60 * 1_000;
/// The app schedules nothing sooner: that is sending.
pub const SCHEDULE_MS_MIN: i64 = 10_000;
/// What reaches the server when its time has passed goes out so long after that: what was done to it offline comes right behind it.
pub const SCHEDULE_LATE_MS: i64 = 10_000;
/// What is due so soon after the server was set back to a backup waits for its author: until then they can sign in, and their devices say
/// again what they did since the backup.
pub const SCHEDULE_RESTORED_MS: i64 = 60 * 60 * 1_000;
/// Conversations into which something is forwarded at once: more is a broadcast.
pub const FORWARDS_MAX: usize = 20;
/// Words of which somebody is told: each message is looked through for all of them.
pub const KEYWORDS_MAX: usize = 50;
/// One of them may be a short phrase.
pub const KEYWORD_CHARS_MAX: usize = 64;
/// Accounts in one app: each has an engine and a replica at work, and a digit on the keyboard.
pub const ACCOUNTS_MAX: usize = 9;
/// Unread is shown as "1,000+" above this.
pub const UNREAD_SHOWN_MAX: u32 = 1_000;
