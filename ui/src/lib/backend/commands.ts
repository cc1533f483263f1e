import type {
  AccountId,
  AdminPeoplePage,
  ArchiveMade,
  Arrange,
  At,
  AuditPageView,
  Boot,
  ChannelView,
  CollectionId,
  CollectionList,
  ConversationId,
  ConversationItem,
  CoverageList,
  CoverageView,
  DatePlace,
  DeviceId,
  DeviceView,
  Discarded,
  EmailView,
  Entrance,
  EveryoneView,
  ExternalAccountId,
  Filter,
  FriendsView,
  FurtherPage,
  GroupId,
  GroupMemberView,
  GroupView,
  InboxItem,
  InvitationId,
  InviteLinkId,
  InviteLinkView,
  InviteView,
  ListOrder,
  ListSection,
  Me,
  MediaId,
  MemberRole,
  MembersView,
  MessageId,
  MessagePlace,
  MissingView,
  NewServerInvite,
  NotificationId,
  OutboxItem,
  OwnProfileView,
  PasswordRating,
  PeopleState,
  Permission,
  PersonView,
  PinList,
  ProfileView,
  ProviderInfo,
  ReaderView,
  ReactorsView,
  ResetMade,
  Role,
  RoleListed,
  ScheduledView,
  SearchOrder,
  SearchPage,
  SeenBy,
  Server,
  ServerInviteView,
  ServerSettings,
  Settings,
  SettingsSeen,
  Standing,
  StarredPage,
  SuggestionsView,
  ThreadList,
  ThreadPage,
  TimelinePage,
  TwoStepSetUp,
  UserId,
  VersionsView,
  WaysIn,
  WhyView,
} from './types';

/** Every command of the shell, by name: arguments are one object, errors are `Problem`. The names are the same in every layer. */
export interface Commands {
  boot(): Boot;
  /** Starts the server inside this app; the phase becomes `sign_in`. */
  start_server(args: { lan: boolean }): Server;
  connect(args: { link: string }): Server;
  forget_server(): null;
  /** `invite`: an invitation to the server, its secret or the whole link as it was pasted. */
  sign_up(args: { username: string; first_name: string; last_name: string; password: string; email: string | null; set_up_code: string | null; invite: string | null }): Me;
  sign_in(args: { username: string; password: string }): Me;
  sign_out(): null;
  /** Whether codes go out by mail; nobody is told whether there is such an account. */
  ask_code(args: { purpose: 'sign_in' | 'reset_password'; username: string }): boolean;
  sign_in_with_code(args: { username: string; code: string }): Me;
  /** Every device of the account is signed out. */
  reset_password(args: { username: string; code: string; password: string }): null;
  /** Until I sign in again: every device is signed out, nothing is deleted. */
  deactivate_account(args: { password: string }): null;
  /** For good: on the server, and what this computer has of it. Returns which account is to be shown now. */
  delete_account(args: { password: string }): AccountId;
  /** What this computer has of an account that nobody is signed in to. The same. */
  remove_account(): AccountId;
  /** One more account in this app, to be shown next. */
  add_account(): AccountId;
  /** Asks for a place, and makes an archive there of everything of mine: minutes, perhaps. `null`: no place was chosen. */
  make_archive(): ArchiveMade | null;
  /** What waits is refused with `archive_cancelled`. */
  cancel_archive(): null;
  /** My other devices are signed out. */
  change_password(args: { current: string; password: string }): null;
  /** `about`: what is known of who chose it. */
  rate_password(args: { password: string; about: string[] }): PasswordRating;
  get_email(): EmailView | null;
  /** A code goes to the new address. Whether by mail, as with `ask_code`. */
  change_email(args: { email: string; password: string }): boolean;
  /** On all my devices. `password` as with all of these: an empty one right after `prove_by_provider`. */
  remove_email(args: { password: string }): null;
  resend_email_code(): boolean;
  confirm_email(args: { purpose: 'verify_email' | 'change_email'; code: string }): null;
  /** By which one can sign in besides; nobody is signed in yet. */
  list_providers(): ProviderInfo[];
  /** Opens the system's browser, and answers when it has come back: minutes, perhaps. */
  sign_in_by_provider(args: { provider: string }): Entrance;
  /** Nobody waits for the browser any more: what waits is refused with `provider_cancelled`. */
  cancel_provider(): null;
  /** For who is new on the server, after `sign_in_by_provider` has said so. */
  sign_up_by_provider(args: { username: string; first_name: string; last_name: string; set_up_code: string | null; invite: string | null }): Me;
  /** By what I can sign in, as the server says it now. */
  list_ways_in(): WaysIn;
  /** As slow as signing in by one. */
  link_provider(args: { provider: string; password: string }): null;
  /** Shows who I am in place of a password that I do not have: a call with an empty one follows. */
  prove_by_provider(args: { provider: string }): null;
  unlink_external(args: { id: ExternalAccountId }): null;
  /** The second step, where signing in was refused with `second_step`: a code of the app, or a recovery code. */
  finish_sign_in(args: { code: string }): Me;
  /** Since when signing in takes a second step; `null`: it does not. Known offline. */
  get_two_step(): number | null;
  /** Nothing is on before a code of the app is confirmed. */
  begin_two_step(args: { password: string }): TwoStepSetUp;
  /** The recovery codes, told this once. */
  confirm_two_step(args: { code: string }): string[];
  turn_off_two_step(args: { password: string; code: string }): null;
  /** The old ones end. */
  renew_recovery_codes(args: { password: string; code: string }): string[];
  /** Those that are left. */
  count_recovery_codes(): number;
  /** `null` tries the keychain again. */
  unlock(args: { passphrase: string | null }): null;
  /** One thing of how I have it. */
  arrange_conversation(args: { conversation: ConversationId; change: Arrange }): null;
  /** Who is in it, with what waits, and what I may do there. */
  list_members(args: { conversation: ConversationId }): MembersView;
  /** What is `null` stays as it is. */
  /** What those see who come from here on. */
  set_shared_history(args: { conversation: ConversationId; on: boolean }): null;
  /** For everybody and for good. */
  delete_conversation(args: { conversation: ConversationId }): null;
  edit_conversation(args: { conversation: ConversationId; name: string | null; topic: string | null }): null;
  /** An image in base64; its middle becomes what everybody there sees. */
  set_conversation_picture(args: { conversation: ConversationId; image: string }): null;
  remove_conversation_picture(args: { conversation: ConversationId }): null;
  add_members(args: { conversation: ConversationId; people: UserId[] }): null;
  /** Oneself: leaving. */
  remove_member(args: { conversation: ConversationId; member: UserId }): null;
  set_member_role(args: { conversation: ConversationId; member: UserId; role: 'admin' | 'member' }): null;
  list_conversations(args: { filter: Filter; order: ListOrder; limit: number }): ConversationItem[];
  /** By group: of the sections that are not folded the first lines; `null` is what is of no group. */
  list_sections(args: { filter: Filter; order: ListOrder; folded: (GroupId | null)[]; limit: number }): ListSection[];
  open_timeline(args: { conversation: ConversationId; at: At }): TimelinePage;
  /** Whom one can name there by an at sign, without me, by name. */
  list_nameable(args: { conversation: ConversationId }): PersonView[];
  /** The channels that a text there can lead to by a number sign: those of the same group that I can see, by name. */
  list_nameable_channels(args: { conversation: ConversationId }): ChannelView[];
  /** Whether that text names everyone there, and what that would do. */
  look_at_everyone(args: { conversation: ConversationId; text: string }): EveryoneView;
  /** Durably in the outbox when it returns. `reply_to`: the message of that conversation that it answers. */
  send_message(args: { conversation: ConversationId; text: string; reply_to: MessageId | null }): MessageId;
  /** `instead_of`: an edit of mine that was refused, and that this one stands for. */
  edit_message(args: { conversation: ConversationId; message: MessageId; text: string; instead_of: MessageId | null }): MessageId;
  delete_message(args: { conversation: ConversationId; message: MessageId }): null;
  /** Shows at once; `on: false` takes it back. */
  react(args: { conversation: ConversationId; message: MessageId; emoji: string; on: boolean }): null;
  /** Everybody who has put something on it, by emoji, as they stand there. */
  list_reactions(args: { conversation: ConversationId; message: MessageId }): ReactorsView[];
  /** For me alone, on all my devices. */
  star(args: { conversation: ConversationId; message: MessageId; on: boolean }): null;
  /** For me alone, on all my devices; `on: false` shows it again. */
  hide_message(args: { conversation: ConversationId; message: MessageId; on: boolean }): null;
  /** At most so many, the newest star first. */
  list_starred(args: { limit: number }): StarredPage;
  /** The same of one conversation. */
  list_starred_in(args: { conversation: ConversationId; limit: number }): StarredPage;
  /** For me alone, on all my devices. */
  create_collection(args: { name: string }): CollectionId;
  rename_collection(args: { collection: CollectionId; name: string }): null;
  /** The messages in it stay what they are. */
  delete_collection(args: { collection: CollectionId }): null;
  /** Puts a message into it, or takes it out. */
  collect(args: { collection: CollectionId; conversation: ConversationId; message: MessageId; on: boolean }): null;
  /** With whether that message is in them. */
  list_collections(args: { message: MessageId | null }): CollectionList;
  /** At most so many, what was put there last first. */
  list_collected(args: { collection: CollectionId; limit: number }): StarredPage;
  /** For everybody there. */
  pin_message(args: { conversation: ConversationId; message: MessageId; on: boolean }): null;
  /** What was pinned last first. */
  list_pins(args: { conversation: ConversationId }): PinList;
  /** The newest messages under this one, or those before a place. */
  open_thread(args: { conversation: ConversationId; root: MessageId; before: number | null }): ThreadPage;
  /** `in_conversation`: everybody there sees it among the others, too. `reply_to` as in `send_message`. */
  say_in_thread(args: { conversation: ConversationId; root: MessageId; text: string; reply_to: MessageId | null; in_conversation: boolean }): MessageId;
  /** Those that I follow, at most so many, the one with the newest message first. */
  list_threads(args: { limit: number }): ThreadList;
  /** For me alone, on all my devices. */
  follow_thread(args: { conversation: ConversationId; root: MessageId; on: boolean }): null;
  read_thread(args: { conversation: ConversationId; root: MessageId; pos: number }): null;
  /** One that I follow, from this message of it on, or from the newest of somebody else. */
  unread_thread(args: { conversation: ConversationId; root: MessageId; from: MessageId | null }): null;
  /** Sent by the server at that time. */
  schedule_message(args: { conversation: ConversationId; text: string; reply_to: MessageId | null; send_at: number }): MessageId;
  /** `null` leaves it as it is; with both it is sent now. `based_on`: the revision that was looked at. */
  change_scheduled(args: { conversation: ConversationId; message: MessageId; based_on: number; text: string | null; send_at: number | null }): null;
  cancel_scheduled(args: { conversation: ConversationId; message: MessageId }): null;
  /** Of one conversation, or of all; what goes out first first. */
  list_scheduled(args: { conversation: ConversationId | null }): ScheduledView[];
  read_coverage(args: { conversation: ConversationId }): CoverageView;
  list_coverage(): CoverageList;
  /** When that was written of what is typed to search that is not on this computer. */
  find_missing(args: { query: string }): MissingView;
  /** What was written last of what is missing there, some pages of each. */
  fetch_missing(args: { conversations: ConversationId[] }): null;
  /** Into other conversations, with words of mine after it; empty: none. */
  forward_message(args: { conversation: ConversationId; message: MessageId; to: ConversationId[]; comment: string }): null;
  retry_outbox(args: { id: MessageId }): null;
  /** `edit` puts a message's text into its draft; `with_others` takes along what needs it. */
  discard_outbox(args: { id: MessageId; edit: boolean; with_others: boolean }): Discarded;
  list_outbox(): OutboxItem[];
  /** Up to there, or all that is there. */
  mark_read(args: { conversation: ConversationId; pos: number | null }): null;
  /** From this message on, or from the newest of somebody else. */
  mark_unread(args: { conversation: ConversationId; from: MessageId | null }): null;
  /** A message's texts; what was looked up before is there offline as well. */
  list_versions(args: { conversation: ConversationId; message: MessageId }): VersionsView;
  /** Why I was told of it, or not. */
  why_told(args: { conversation: ConversationId; message: MessageId }): WhyView;
  /** Where a link to a message leads. */
  find_message(args: { link: string }): MessagePlace;
  /** The first message of a moment or later, fetched where it is not here; offline the nearest one. */
  find_date(args: { conversation: ConversationId; at: number; asides: boolean }): DatePlace;
  /** Those who have read it, the first of them first, then those who only have it. */
  list_readers(args: { conversation: ConversationId; message: MessageId }): ReaderView[];
  /** Whether others see what has reached me and what I have read. */
  get_read_receipts(): boolean;
  set_read_receipts(args: { on: boolean }): null;
  /** What is known of these people; those of whom there is nothing are left out. */
  list_profiles(args: { people: UserId[] }): ProfileView[];
  /** What I say of myself, also what waits to be sent. */
  get_profile(): OwnProfileView;
  /** Empty: none. `until` is over by the server's clock. */
  set_status(args: { text: string; until: number | null }): null;
  /** Empty: nothing. */
  set_about(args: { text: string }): null;
  /** What I am called; `last_name` may be empty. */
  set_name(args: { first_name: string; last_name: string }): null;
  /** A `data:` address of a JPEG. Fails where it is not kept and there is no connection, or is not shown to me any more. */
  get_picture(args: { picture: MediaId; size: 'small' | 'large' }): string;
  /** An image in base64, of which the middle is taken. At once, and only where the server can be asked; so is removing it. */
  set_picture(args: { image: string }): null;
  remove_picture(): null;
  set_privacy(args: { field: 'status' | 'last_seen' | 'picture'; to: SeenBy }): null;
  /** Nobody has touched the window for a while, or somebody does again. */
  set_idle(args: { idle: boolean }): null;
  /** This one first; offline as well, as they were last known. */
  list_devices(): DeviceView[];
  /** Asks the server when they were last seen. */
  refresh_devices(): DeviceView[];
  rename_device(args: { device: DeviceId; name: string }): null;
  /** At once, and only where the server can be asked. */
  sign_out_device(args: { device: DeviceId }): null;
  sign_out_others(): null;
  /** What I am told of, the newest first. */
  list_inbox(): InboxItem[];
  /** On all my devices. */
  read_notifications(args: { ids: NotificationId[] }): null;
  /** Everybody around me, with what of mine still waits to be sent. */
  list_friends(): FriendsView;
  /** Who asks me already is accepted by that. */
  request_friend(args: { to: UserId; note: string }): null;
  answer_invitation(args: { id: InvitationId; accept: boolean }): null;
  /** Asks people into a group, with a few words. */
  invite_to_group(args: { group: GroupId; people: UserId[]; note: string }): null;
  /** `group`: into which, if it is into one. */
  withdraw_invitation(args: { id: InvitationId; group: GroupId | null }): null;
  /** For both of us. */
  remove_contact(args: { user: UserId }): null;
  /** Nothing passes any more, either way; they are not told. */
  block_user(args: { user: UserId }): null;
  unblock_user(args: { user: UserId }): null;
  /** `root`: what is being written in its thread. */
  save_draft(args: { conversation: ConversationId; root?: MessageId; text: string; reply_to: MessageId | null }): null;
  /** As often as one likes: others hear of it now and then. */
  typing(args: { conversation: ConversationId }): null;
  search_people(args: { query: string }): PersonView[];
  start_direct(args: { user: UserId }): ConversationId;
  list_groups(): GroupView[];
  /** Who is in it, and who will be: those who may do more first, then by name. */
  list_group_members(args: { group: GroupId }): GroupMemberView[];
  create_conversation(args: { name: string; members: UserId[] }): ConversationId;
  create_group(args: { name: string; about: string }): GroupId;
  create_channel(args: { group: GroupId; name: string; topic: string; private: boolean; members: UserId[] }): ConversationId;
  add_group_members(args: { group: GroupId; people: UserId[] }): null;
  leave_group(args: { group: GroupId }): null;
  /** What is `null` stays as it is. */
  edit_group(args: { group: GroupId; name: string | null; about: string | null }): null;
  set_group_role(args: { group: GroupId; person: UserId; role: 'admin' | 'member' }): null;
  /** I am an admin from then on. */
  hand_over_group(args: { group: GroupId; to: UserId }): null;
  remove_group_member(args: { group: GroupId; person: UserId }): null;
  /** With all its channels, for everybody. */
  delete_group(args: { group: GroupId }): null;
  /** As with mine: at once, for everybody in it. */
  set_group_picture(args: { group: GroupId; image: string }): null;
  remove_group_picture(args: { group: GroupId }): null;
  /** The link itself is told this once. Needs the server, as all of links does. */
  create_invite_link(args: { group: GroupId; role: MemberRole; lives_ms: number; uses: number }): InviteLinkView;
  list_invite_links(args: { group: GroupId }): InviteLinkView[];
  revoke_invite_link(args: { id: InviteLinkId }): null;
  /** Where a link leads; nothing is joined. */
  look_at_invite(args: { link: string }): InviteView;
  join_by_link(args: { link: string }): GroupId;
  /** What my role is and allows, as this computer knows it. */
  get_standing(): Standing;
  /** The accounts of the server. This and all of administration is for those whose role allows it, and needs the server. */
  admin_people(args: { query: string; state: PeopleState; after: string | null }): AdminPeoplePage;
  admin_give_role(args: { user: UserId; role: Role }): null;
  admin_deactivate(args: { user: UserId }): null;
  admin_reactivate(args: { user: UserId }): null;
  /** On all their devices. */
  admin_sign_out(args: { user: UserId }): null;
  admin_turn_off_two_step(args: { user: UserId }): null;
  /** A code for a new password, told this once. */
  admin_reset(args: { user: UserId }): ResetMade;
  /** The built-in ones first, then by name. */
  admin_roles(): RoleListed[];
  /** Its id. */
  admin_create_role(args: { name: string; permissions: Permission[] }): string;
  admin_change_role(args: { id: Role; name: string; permissions: Permission[] }): null;
  /** Refused while somebody has it. */
  admin_delete_role(args: { id: Role }): null;
  admin_settings(): SettingsSeen;
  admin_change_settings(args: { settings: ServerSettings }): SettingsSeen;
  /** Those that are good, the newest first. */
  admin_invites(): ServerInviteView[];
  admin_create_invite(args: { role: Role; lives_ms: number; uses: number }): NewServerInvite;
  admin_revoke_invite(args: { id: string }): null;
  /** What was done, the newest first; `before`: `next` of the page before. */
  admin_audit(args: { before: number | null }): AuditPageView;
  /** From this computer alone; `after`: `next` of the page before. */
  search(args: { query: string; order: SearchOrder; after: string | null }): SearchPage;
  /** What the server finds where not everything is here; `after`: `next` of the page before. */
  search_further(args: { query: string; after: string | null }): FurtherPage;
  /** What can stand behind the colon of the filter in which the caret is. */
  suggest_filters(args: { query: string; caret: number }): SuggestionsView;
  sync_now(): null;
  set_settings(args: { settings: Settings }): null;
  /**
   * Which words the shell uses, for tray, title and notifications: a tag that says the digits too, and each hour of the day as the page writes
   * it, with `{minute}` for its minutes.
   */
  set_language(args: { language: string; hours: string[] }): null;
  set_focus(args: { conversation: ConversationId | null; thread: MessageId | null; focused: boolean }): null;
  /** Done once the notification was shown. */
  try_notification(): null;
  get_autostart(): boolean;
  set_autostart(args: { on: boolean }): null;
  answer_close(args: { choice: 'tray' | 'quit'; remember: boolean }): null;
  /** Out of the app, or to a message: that comes as an update, as if it was opened from outside. */
  open_link(args: { url: string }): null;
}

export type CommandName = keyof Commands;
export type Args<K extends CommandName> = Parameters<Commands[K]>;
export type Result<K extends CommandName> = ReturnType<Commands[K]>;
