# Words of the shell: window title, tray, notifications. The page's are in page.ftl.

app-name = Hearth

# The window's title. The profile's name stands there only for a profile other than the default one.
window-title = Hearth
window-title-profile = Hearth – { $profile }
window-title-unread = ({ $unread }) { $title }

# The tray's menu.
tray-open = Hearthを開く
tray-unread = { $count ->
    [0] 未読メッセージはありません
   *[other] 未読メッセージ{ $shown }件
}
tray-do-not-disturb = おやすみモード
tray-do-not-disturb-on = おやすみモード: オン
# $until (String) - the time of the day, as 17:30
tray-do-not-disturb-until = おやすみモード: { $until }まで
tray-do-not-disturb-half-hour = 30分間
tray-do-not-disturb-hour = 1時間
tray-do-not-disturb-tomorrow = 明日まで
tray-do-not-disturb-for-ever = オフにするまで
tray-do-not-disturb-off = オフにする
tray-quit = Hearthを終了

# The line in the tray's menu that says how things are. It cannot be clicked.
status-starting = 起動中…
status-first-run = 未設定
status-sign-in = サインアウト済み
status-locked = ロック中
status-blocked = 対応が必要です
status-live = 接続済み
status-connecting = 接続中…
status-catching-up = 最新の状態に更新中…
status-offline = オフライン
status-offline-waiting = オフライン、送信待ちの変更{ $waiting }件
status-failed = { $failed }件の変更が拒否されました

# Where there are several accounts: the line of the one that needs somebody, one that shares its name with another, and to which one a
# notification is.
status-of-account = { $account }: { $status }
account-on-server = { $name }、{ $server }
notify-to = { $title } → { $account }

# What the server lists a computer as that does not tell its name.
device-unnamed = デスクトップ

# What an embedded server is called, and why it does not run.
server-name = { $computer }のHearth
server-not-started = サーバーを開始できませんでした。{ $reason }

# Who wrote something where; in a conversation of two the name alone. With how much is unread where the text of the last is shown.
notice-in-group = { $sender } · { $place }
notice-in-channel = { $sender } · #{ $place }
notice-with-unread = { $from } ({ $unread })
# Where what somebody wrote is not shown.
notice-new-messages = 新着メッセージ{ $unread }件

# One for everything that came while away.
notice-summary = 新着メッセージ{ $unread }件
notice-summary-in = { $conversations }件の会話

# What stands in the inbox; the title is who it is about.
notice-asks-contact = 連絡先への追加をリクエストしています
notice-asks-group = あなたを{ $group }に招待しています
notice-is-contact = 連絡先になりました
notice-is-in-group = { $group }に参加しました
notice-group-deleted = オーナーがこのグループを削除しました
notice-conversation-deleted = { $name }がこの会話を削除しました
notice-conversation-deleted-by-somebody = だれかがこの会話を削除しました

# The button of a notification.
notify-open = 開く
# Where the service lets one write into it: the button, what stands in the empty field, and what sends it.
notify-answer = 返信
notify-answer-hint = 返信を入力…
notify-answer-send = 送信

# Somebody tries how they are told.
notice-trial = Hearthの通知はこのように届きます
notice-trial-text = メッセージはこのように表示され、この音が鳴ります。

# Reasons why the shell refuses something. They reach the page as problems.
link-refused = Hearthで開けるのはWebアドレスとメールアドレス（httpsとmailto）だけです。このリンクはどちらでもありません。
# What the browser shows at the end, where Hearth has sent it to a sign-in provider.
provider-title = Hearth
provider-done = このウィンドウを閉じて、Hearthに戻ってください。
provider-cancelled = キャンセルしました。何も変更されていません。このウィンドウを閉じて、Hearthに戻ってください。
link-failed = このコンピューターには、リンクを開けるプログラムがありませんでした。アドレスをコピーして、ブラウザーで開いてください。
no-notifications = このコンピューターには通知を表示するものがありません。デスクトップの通知サービスを起動してから、もう一度お試しください。
no-autostart = このコンピューターの起動時にHearthを開始できません。デスクトップの設定でHearthを追加してください。
archive-place = アーカイブの保存先
archive-kind = Zipアーカイブ
