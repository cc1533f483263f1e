### The words of the window's page. `shell.ftl` beside it has those of the tray, the notifications and the window itself.

## Said in many places

back = 戻る
cancel = キャンセル
close = 閉じる
copied = コピーしました
copy = コピー
copy-failed = コピーできませんでした。選択してCtrl+Cを押してください。
delete = 削除
discard = 破棄
edit = 編集
loading = 読み込み中
opening = メッセージを開いています…
retry = 再試行
try-again = 再試行
try-now = 今すぐ試す
undo = 元に戻す
day-today = 今日
day-yesterday = 昨日
# $time (String) - a clock, a weekday or a date
last-seen = 最終オンライン: { $time }
presence-online = オンライン
presence-away = 離席中
kind-group = 複数人の会話
kind-private-channel = プライベートチャンネル
unread-count = 未読{ $count }件
# $count (Number)
mentions-count = あなたへのメンション{ $count }件

## Landmarks, for those who hear the window

landmark-list = 会話の一覧
landmark-rail = メイン
landmark-sheet = 会話
landmark-toasts = お知らせ
# $name (String) - the conversation
landmark-timeline = { $name }のメッセージ

## First run

first-title = Hearthへようこそ
first-intro = 会話は、あなたのコンピューターと、あなたが選んだサーバーに保存されます。ネットワークの有無にかかわらず、すぐに開けます。
first-start-title = ここでサーバーを開始
first-start-text = このコンピューターが、同じネットワークの人たちのサーバーになります。ほかにインストールするものはありません。後で専用のコンピューターに移すこともできます。
first-start = サーバーを開始
first-starting = 開始中…
first-reach = だれが接続できるようにしますか？サーバーはHearthの実行中に動作し、利用する人にはそれぞれアカウントが必要です。
first-reach-lan = このネットワークの人
first-reach-lan-help = あなたが渡すリンクから参加します。通信は常に暗号化されます。
first-reach-loopback = このコンピューターのみ
first-reach-loopback-help = ほかの人は接続できません。
first-connect-title = サーバーに接続
first-connect-text = アドレスまたは接続リンクを受け取りましたか？ここに貼り付けると、残りはHearthが見つけます。
first-connect = 接続
first-connecting = 接続中…
first-address = サーバーのアドレスまたは接続リンク
first-address-hint = chat.example.orgまたはリンク
# Where an account is being added and the server in this app runs already.
first-own-title = 自分のサーバー
first-own-text = このアプリのサーバーはすでに動作しています。別のアカウントでサインインするか、アカウントを作成してください。
first-own = このサーバーを使う
first-encrypted = 暗号化してディスクに保存
first-no-account = 開発元のアカウントは不要、テレメトリなし

## Sign in and sign up

sign-in-title = サインイン
sign-up-title = アカウントを作成
sign-up-first-title = 最初のアカウントを作成
# Followed by the server's name.
sign-on = サーバー:
# After the server's name, when it runs inside this app.
sign-embedded = （このコンピューター上）
sign-another-server = 別のサーバー
sign-username = ユーザー名
sign-username-help = ほかの人があなたを見つけるための名前です。文字、数字、ピリオド、ハイフンが使えます。
sign-username-missing = ユーザー名を入力してください。
sign-first-name = 名
sign-first-name-missing = ほかの人に表示される名前を入力してください。
sign-last-name = 姓
sign-password = パスワード
sign-password-help = { $min }文字以上。いくつかの単語を並べると覚えやすくなります。
sign-password-missing = パスワードを入力してください。
sign-password-short =
    { $count ->
        [0] { $min }文字以上のパスワードを決めてください。
       *[other] パスワードは{ $min }文字以上必要ですが、入力されたのは{ $count }文字です。
    }
sign-code = セットアップコード
sign-code-help = サーバーが初回起動時に表示したコードです。このアカウントがサーバーの最初のアカウントになります。
sign-code-missing = サーバーが起動時に表示したセットアップコードを入力してください。
sign-invite = 招待
sign-invite-help = 送られてきたリンク、またはその末尾の文字列です。このサーバーは招待された人だけが利用できます。
sign-invite-missing = 招待を貼り付けてください。このサーバーは招待された人だけが利用できます。
# $domains (String) - with a sign before each, and commas between them
sign-email-domains = { $domains }のアドレスが必要です。今回と、パスワードを忘れたときに、コードを送ります。ほかの人には表示されません。
sign-up-closed = このサーバーは新規登録を受け付けていません。
sign-username-or-email = ユーザー名またはメールアドレス
sign-email-help = 今回と、パスワードを忘れたときに、コードを送ります。ほかの人には表示されません。
sign-email-missing = メールアドレスを入力してください。このサーバーでは必須です。
sign-by-code = コードでサインイン
sign-forgot = パスワードを忘れた場合
sign-in-go = サインイン
sign-in-busy = サインイン中…
sign-up-go = アカウントを作成
sign-up-busy = アカウントを作成中…
sign-new-here = 初めてご利用ですか？
sign-to-sign-up = アカウントを作成
sign-have-account = アカウントをお持ちですか？
sign-to-sign-in = サインイン
sign-reason-session = サーバーがセッションを終了しました。もう一度サインインしてください。このコンピューターの内容は失われていません。
# $device (String) - the name of the other device
sign-reason-device = { $device }からの操作で、このデバイスはサインアウトされました。履歴はこのコンピューターに残っています。もう一度サインインすると開くことができ、未送信のものも送信されます。
sign-reason-deactivated = アカウントは無効になっています。何も削除されていません。自分で無効にした場合は、サインインすると有効に戻ります。そうでない場合は、サーバーの管理者に問い合わせてください。
sign-reason-keychain = このコンピューターのキーチェーンに、Hearthの鍵がありません。もう一度サインインすると、これまでどおりメッセージを開けます。
sign-returning = メッセージはこのコンピューターにあり、サインインするとすぐに開きます。
sign-returning-waiting = メッセージはこのコンピューターにあり、{ $count }件の変更が送信待ちです。
password-show = パスワードを表示
password-hide = パスワードを隠す
password-again = パスワードをもう一度入力
password-again-help = 上のパスワードを表示している間は不要です。
password-differs = 2つのパスワードが一致しません。もう一度入力してください。

## Codes, passwords and addresses

email-label = メールアドレス
email-label-optional = メールアドレス（任意）
email-missing = 新しいアドレスを入力してください。
code-sign-in-title = コードでサインイン
code-reset-title = 新しいパスワードを設定
code-ask-text = アカウントのメールアドレスにコードを送ります。
code-ask = コードを取得
code-asking = 取得中…
# $name (String) - the username or address that was typed
code-sent = { $name }に確認済みのアドレスがあれば、コードを送信しました。コードは15分間、1回だけ使えます。
# $name (String) - the username or address that was typed
code-printed = このサーバーはメールを送信しません。{ $name }というアカウントがあれば、サーバーの動作している場所にコードが表示されています。サーバーのオーナーに問い合わせてください。
code-field = コード
code-help = 8桁の数字
code-missing = コードの8桁の数字を入力してください。
code-again = コードを再送
code-again-done = 最後に送られたコードだけが有効です。
code-reset-help = すべてのデバイスがサインアウトされ、このデバイスは再びサインインします。
code-reset-go = パスワードを設定してサインイン
code-back = サインインに戻る
password-new = 新しいパスワード
password-current = 現在のパスワード
password-change = 変更
password-change-title = パスワードの変更
password-change-text = ほかのデバイスはサインアウトされます。このデバイスはそのままです。
password-change-go = パスワードを変更
password-changed = パスワードを変更しました。ほかのデバイスはサインアウトされました。
two-step-title = 2段階認証
two-step-off-text = パスワードに加えて、スマートフォンのアプリのコードを使います。
# $date (String) - since when it is on
two-step-since = { $date }からオン
# $count (Number) - recovery codes that are left
two-step-left =
    { $count ->
        [0] リカバリーコードの残りなし
       *[other] リカバリーコードの残り{ $count }個
    }
two-step-turn-on = オンにする
two-step-turn-off = オフにする
two-step-new-codes = 新しいリカバリーコード
two-step-turn-on-title = 2段階認証をオンにする
two-step-text = オンにすると、パスワードを知られただけではサインインできなくなります。認証アプリが必要です。まず、パスワードをもう一度入力してください。
# $name, the provider.
two-step-text-provider = オンにすると、{ $name }でのサインインだけでは足りなくなります。認証アプリが必要です。まず、{ $name }で本人確認をもう一度行います。
two-step-next = 続ける
two-step-scan = 認証アプリでこれを読み取り、アプリに表示されたコードを入力してください。
two-step-qr = 認証アプリ用のQRコード
two-step-type = または、これをアプリに入力してください:
two-step-code = コード
two-step-code-help = 6桁の数字。30秒ごとに変わります。
two-step-code-missing = アプリに表示されている6桁の数字を入力してください。
two-step-confirm = オンにする
two-step-on-title = 2段階認証がオンになりました
two-step-turn-off-title = 2段階認証をオフにしますか？
two-step-turn-off-text = パスワードだけでサインインできるようになり、リカバリーコードは使えなくなります。オフにするには、もう一度両方の段階の確認が必要です。
two-step-is-off = 2段階認証がオフになりました。
recovery-title = リカバリーコード
recovery-text = スマートフォンが手元にないときは、アプリのコードの代わりにこのどれかでサインインできます。それぞれ1回だけ使えます。
recovery-once = スマートフォンがなくても取り出せる場所に保管してください。表示されるのは今回だけです。
recovery-copy = すべてコピー
recovery-done = 保管しました
recovery-new-title = 新しいリカバリーコード
recovery-new-text = 現在のコードは使えなくなります。もう一度両方の段階の確認が必要です。
recovery-new-go = 新しいコードを作成
provider-ways = ほかのサインイン方法
provider-or = または
# Variables: $name, the sign-in provider as the server's owner calls it.
provider-go = { $name }で続ける
# $name, the provider, which vouches for somebody who has no password.
provider-confirm = { $name }で確認
# $name, the provider.
provider-confirm-text = ここではパスワードが設定されていないため、{ $name }で本人確認を行います。そのためにブラウザーが開きます。
provider-waiting-title = ブラウザーで続けてください
# Variables: $name, the provider.
provider-waiting-text = ブラウザーに{ $name }のページが表示されています。そこでサインインすると、このウィンドウは自動で先に進みます。
provider-waiting = ブラウザーでの操作を待っています…
provider-new-title = ここで使う名前を決める
# Variables: $name, the provider.
provider-new-text = { $name }の確認は済みましたが、ここにはまだアカウントがありません。次の名前でアカウントを作成します。
# Variables: $address, an email address; $name, the provider.
provider-known = { $address }のアドレスを使っているアカウントがすでにあります。あなたのアカウントであれば、戻ってそのアカウントにサインインし、設定で{ $name }と連携してください。
external-title = サインイン用の外部アカウント
external-text = パスワードのほかに、ここへのサインインに使う外部のアカウントです。
# Variables: $name, the provider.
external-link = { $name }と連携
# Variables: $date, a day.
external-since = { $date }に連携
# Variables: $name, the provider.
external-refused = { $name }側で終了されました。もう一度そこからサインインしてください
external-unlink = 連携を解除
# Variables: $name, the provider.
external-unlinked = { $name }では、あなたのアカウントにサインインできなくなりました。
# Variables: $name, the provider.
external-linked = { $name }でサインインできるようになりました。
# Variables: $name, the provider.
external-link-title = { $name }と連携しますか？
# Variables: $name, the provider.
external-link-text = 連携すると、{ $name }でサインインした人はこのアカウントに入れるようになります。まず本人確認をもう一度行い、その後ブラウザーが開きます。
# Variables: $name, the provider.
password-none = 設定されていません。{ $name }でサインインしています。
password-set-open = パスワードを設定
password-set-title = パスワードの設定
# Variables: $name, the provider.
password-set-text = { $name }のほかに、パスワードでもサインインできるようになります。まず、{ $name }で本人確認をもう一度行います。
password-set = パスワードを設定しました。
second-step-title = もう1段階の確認
second-step-text = 認証アプリに表示されているコードを入力してください。
second-step-help = 6桁の数字、またはリカバリーコードのどれか1つ。
second-step-missing = アプリのコードまたはリカバリーコードを入力してください。
archive-title = あなたのデータ一式
archive-text = あなたのデータと、ここで読めるすべての内容のコピーです。Hearthがなくても読めるファイルになります。
archive-offline = サーバーに接続できません。ファイルにはこのコンピューターにある内容が入り、足りないものが記されます。
archive-open = ダウンロード…
archive-making = アーカイブを作成中
archive-wait = 完成したら先に進めます。キャンセルすると、途中のものは何も残りません。
archive-progress-label = アーカイブに入った会話
# $done, $all (Number) - conversations; $messages (Number) - messages that were written
archive-progress = 会話{ $done }/{ $all }件 · メッセージ{ $messages }件
archive-ready = アーカイブができました
# $messages, $conversations (Number)
archive-counts = { $conversations }件の会話のメッセージ{ $messages }件が入っています。
archive-care = このファイルは暗号化されていないため、手にした人はすべて読むことができます。どこに何があるかは、ファイル内のREADME.htmlに書かれています。
archive-from-here = サーバーに接続できなかったため、このコンピューターにある内容が入っています。
# $count (Number) - conversations
archive-incomplete = { $count }件の会話は一部が足りません。オンラインのときに、もう一度アーカイブを作成してください。
archive-failed = アーカイブを作成できませんでした
archive-cancelled = アーカイブの作成をキャンセルしました。途中のものは残っていません。
account-delete = アカウントを削除
account-delete-help = ここに書いたすべての内容とともに、完全に削除します。
account-delete-open = 削除…
account-delete-title = アカウントを削除しますか？
account-delete-text = この操作は取り消せません。このサーバーにあなたが書いたすべての内容が削除され、すべての会話とグループから退出します。あなたのユーザー名は、ほかの人も使えません。
account-delete-others = ほかの人が書いた内容は、その人のものとして残ります。あなたのデバイスはサインアウトされ、このコンピューターからメッセージが消去されます。
# $count (Number) - messages and changes that wait to be sent
account-delete-waiting = まだ送信していない{ $count }件は失われます。
account-delete-go = アカウントを削除
account-deleted = アカウントを削除しました。
account-deactivate = アカウントを無効にする
account-deactivate-help = 一時的に使えなくします。何も削除されず、サインインすると有効に戻ります。
account-deactivate-open = 無効にする…
account-deactivate-title = アカウントを無効にしますか？
account-deactivate-text = すべてのデバイスでサインアウトされ、ほかの人にはアカウントが無効であることが表示されます。
account-deactivate-stays = 何も削除されません。会話、グループ、連絡先はそのまま残ります。有効に戻すには、サインインしてください。
# $count (Number) - messages and changes that wait to be sent
account-deactivate-waiting = まだ送信していない{ $count }件は、アカウントを有効に戻すまでこのコンピューターで待機します。
account-deactivate-go = アカウントを無効にする
person-deactivated = 無効
# $name (String) - first name of the other one
deactivated-peer = { $name }さんのアカウントは現在無効のため、メッセージは読まれません。書いた内容は、有効に戻るまで待機します。
deleted-account = 削除されたアカウント
deleted-peer = このアカウントは削除されました。あなたが書いた内容は残りますが、これ以上は送信できません。
deleted-title = このアカウントは削除されました
# $name (String) - whose account it was
deleted-text = { $name }のアカウントはもう存在しません。このコンピューターには、そのメッセージが暗号化された状態で残っています。もう開くことはできないため、削除してください。
deleted-go = このコンピューターから削除
# What a password is worth, beside a bar.
password-weak = すぐに推測されます
password-fair = 普通
password-good = 良好
password-strong = 強力
email-none = まだありません。登録すると、パスワードを忘れたときに再設定できます。
# $address (String)
email-verified = { $address }、確認済み
# $address (String)
email-unverified = { $address }、未確認: パスワードを忘れても、ここにはコードが送られません
email-add = 追加
email-remove = 削除
email-remove-title = アドレスを削除しますか？
# $address, an email address
email-remove-text = { $address }にコードが送られなくなります。アドレスがないと、忘れたパスワードを再設定できず、アドレスでのサインインもできません。
email-remove-go = アドレスを削除
email-removed = アカウントのアドレスを削除しました。
email-change = 変更
email-verify = 確認
email-change-title = メールアドレス
email-change-text = 新しいアドレスにコードを送ります。コードをここに入力するまでは、これまでのアドレスのままです。
email-verify-title = このアドレスはあなたのものですか？
# $address (String)
email-sent = { $address }にコードを送信しました。コードは15分間、1回だけ使えます。
# $address (String)
email-printed = このサーバーはメールを送信しません。{ $address }のコードは、サーバーの動作している場所に表示されています。サーバーのオーナーに問い合わせてください。
email-confirm = 確認
email-later = 後で
email-confirmed = アドレスを確認しました。
needs-server = オフラインです。この操作にはサーバーへの接続が必要です。
account-offline = オフラインです。灰色の項目にはサーバーへの接続が必要です。

## Locked, and what cannot be opened

lock-title = ロックを解除してメッセージを開く
lock-keychain-text = システムのキーチェーンがロックされています。ロックを解除してから、再試行してください。何も失われません。Hearthはそのまま待機します。
lock-try-again = 再試行
lock-text = このコンピューターにはキーチェーンがないため、パスフレーズがメッセージを保護しています。
lock-go = ロックを解除
lock-new-title = パスフレーズを決める
lock-new-text = このコンピューターには、Hearthの鍵を保管するキーチェーンがありません。代わりにパスフレーズがメッセージを保護します。Hearthの起動時に入力してください。
lock-new-help = { $min }文字以上。忘れた場合、だれも教えることはできません。
lock-new-go = このパスフレーズを使う
lock-passphrase = パスフレーズ
lock-again = もう一度入力
lock-missing = パスフレーズを入力してください。
lock-differs = 2つが一致しません。もう一度入力してください。
blocked-title = Hearthでメッセージを開けません
blocked-calm = 何も削除されていません。
blocked-copy = 詳細をコピー

## The rail

rail-all = すべての会話
rail-people = ユーザー
rail-people-asking = ユーザー、届いたリクエスト{ $count }件
rail-scheduled-failed = 予約済みメッセージ、送信できなかったもの{ $count }件
rail-settings = 設定
rail-me = { $name }、自分のアカウント

## The list

list-title = チャット
list-new = 新しい会話
list-by-group = グループごとの会話
list-order = 一覧の並び順
list-order-newest = 新しい順
list-order-unread = 未読を先に
list-order-name = 名前順
list-search = 検索または移動…
list-you = あなた:
# $name (String) - first name of who wrote the last message
list-from = { $name }:
list-draft = 下書き:
list-no-messages = メッセージはまだありません
list-show-all = すべて表示
list-failed = 一覧を読み込めませんでした
list-empty-title = 会話はまだありません
list-empty-text = 名前で相手を探して、あいさつしてみましょう。
list-unread-empty-title = すべて既読です
list-unread-empty-text = 新しいメッセージはここに表示されます。
list-direct-empty-title = 1対1の会話はまだありません
list-direct-empty-text = 名前で相手を探して、あいさつしてみましょう。
list-groups-empty-title = 複数人の会話はまだありません
list-groups-empty-text = 複数人の会話と、あなたのグループのチャンネルがここに表示されます。
list-groups-new = 作成
list-my-groups = 自分のグループ
# Over what is of no group, where the list stands by group
list-section-outside = グループ外
filter-label = 表示
filter-all = すべて
filter-unread = 未読
filter-direct = 1対1
filter-groups = 複数人
filter-archived = アーカイブ済み
list-archived-empty-title = アーカイブした会話はありません
list-archived-empty-text = アーカイブした会話は、新しいメッセージが届くまでここに入ります。
conversation-menu = この会話の操作
pin = 先頭にピン留め
unpin = ピン留めを外す
pinned = ピン留め済み
mark-read = 既読にする
mark-unread = 未読にする
mark-unread-from = ここから未読にする
archive = アーカイブ
unarchive = 一覧に戻す
archived-done = アーカイブしました。新しいメッセージが届くと一覧に戻ります。
muted = ミュート中
unmute = ミュートを解除
muted-done = ミュートを解除するまでミュートします。
unmuted-done = ミュートを解除しました。
mute-hour = 1時間ミュート
mute-hours = 8時間ミュート
mute-week = 1週間ミュート
mute-for-ever = 解除するまでミュート
level-all = すべて通知
level-mentions = メンションされたときのみ通知
level-nothing = 通知しない

## Stars and pins

starred-title = スター付き
starred-empty-title = スター付きのメッセージはまだありません
starred-empty-text = 後で見つけたいメッセージには、メニューまたはSキーでスターを付けましょう。ほかの人には見えません。
starred-more = さらに表示
collections = コレクション
collections-none = コレクションはまだありません。
collection-all = すべてのスター付き
collection-new = 新しいコレクション
collection-create = 作成
collection-rename = コレクションの名前を変更
collection-save = 保存
collection-name = 名前
# $max (Number) - characters
collection-name-help = { $max }文字まで。ほかの人には見えません
collection-take-out = コレクションから外す
collection-taken-out = コレクションから外しました。
collection-empty-title = このコレクションにはまだ何もありません
collection-empty-text = メッセージのメニューまたはCキーで追加できます。ほかの人には見えません。
# $name (String) - what the collection is called
collection-delete-title = 「{ $name }」を削除しますか？
collection-delete-text = コレクションはすべてのデバイスから削除され、元に戻せません。中のメッセージはそのまま残ります。
collection-delete = コレクションを削除
marked-not-here = このメッセージはまだこのコンピューターにありません。開くと取得します。
pins-title = ピン留め
# $at (Number) - which one is shown, from 1
# $count (Number)
pins-place = { $at }/{ $count }
pins-next = 次のピン留めメッセージを表示
pins-all = ピン留めしたすべてのメッセージ
# $name (String) - who pinned it
pins-by = { $name }がピン留め
pins-nothing = ここにはもうピン留めされたものがありません。

## The foot of the list

status-connected = 接続済み
status-connecting = 接続中…
status-catching-up = 最新の状態に更新中…
status-offline = オフライン
status-blocked = 停止中
status-up-to-date = 最新の状態
status-next-try = { $seconds }秒後に再試行
status-trying = 再試行中
# $complete and $all (Number) - conversations whose whole history is on this computer, of all
status-backfill = 履歴 { $complete }/{ $all }
status-backfill-label = このコンピューターに取得中の履歴

## Banners

banner-offline = オフラインです。
banner-offline-text = ここにあるものはすべて、読むことも検索することもできます。
banner-offline-waiting = { $count }件の変更は、サーバーに接続できたら送信されます。
banner-blocked = 現在は何も送信されません。
banner-sign-in = もう一度サインイン
# $server (String) - the server that a link leads to which was opened from outside
link-here = すでに{ $server }を利用しています。

# Several accounts in one app.
accounts = すべてのアカウント
accounts-text = すべてのアカウントが接続されたままで、メッセージはそれぞれ別に保存されます。
account-new = 新しいアカウント
account-signed-out = サインアウト済み
account-locked = ロック中
account-blocked = 対応が必要です
account-here = 表示中
account-switch = 切り替え
# $name (String) - whose account, and on which server
account-switch-to = { $name }に切り替え
account-add = アカウントを追加
account-add-help = このサーバーまたは別のサーバーのアカウントです。開いているものはそのままです。
account-add-open = 追加…
account-cancel = キャンセル
account-add-title = アカウントを追加しますか？
# $address (String) - the server that a link leads to
account-add-link = このリンクは{ $address }のサーバーにつながりますが、そこにあなたのアカウントはありません。新しく追加できます。現在のアカウントには影響しません。
account-add-invite = この招待は{ $address }のサーバーを使う人のためのものですが、そこにあなたのアカウントはありません。アカウントを追加すると、招待先が表示されます。
account-remove = このコンピューターからこのアカウントを削除
account-remove-title = このコンピューターからこのアカウントを削除しますか？
# $name (String) - whose account
account-remove-text = { $name }のメッセージは、下書きや未送信のものを含め、このコンピューターから削除されます。サーバーにあるものはそのまま残り、もう一度サインインすると取り戻せます。
account-remove-embedded = このアプリのサーバーは、ここにあるどのアカウントからも使われなくなると停止します。サーバーが保存した内容はこのコンピューターに残ります。
account-remove-go = 削除

## The conversation

empty-choose-title = 会話を選んでください
empty-choose-text = { $key }を押して、名前を数文字入力しても選べます。
empty-nobody-title = だれかを招きましょう
empty-nobody-text = サーバーのリンクから参加できます。リンクは設定で確認し、コピーできます。
empty-nobody-go = リンクを表示
history-arriving = 過去のメッセージを取得中
timeline-new = 新着メッセージ{ $count }件
timeline-latest = 最新
timeline-back = 元の位置に戻る
timeline-complete = この会話はすべてこのコンピューターにあります。
timeline-beginning = ここが会話の始まりです。
timeline-removed = これより前のメッセージは、サーバーの保存期間の設定により削除されました。
timeline-gap = この間のメッセージを取得しています。
timeline-gap-offline = この間のメッセージは、まだこのコンピューターにありません。
timeline-gap-fetch = 取得
timeline-failed = この会話を読み込めませんでした
timeline-missing-title = まだこのコンピューターにありません
timeline-missing-text = この会話のメッセージは、サーバーに接続でき次第届きます。今から書き始めることもできます。
timeline-empty-direct = { $name }さんとのメッセージはまだありません。あいさつしてみましょう。{ $name }さんが不在でも送信されます。
timeline-empty-group = ここにはまだだれも書いていません。
jump-failed = このメッセージはまだこのコンピューターにありません。
date-title = 日付に移動
date-intro = その日の最初のメッセージ、なければその後の最初のメッセージを表示します。
date-day = 日付
date-go = 表示
date-no-day = 日付を選んでください。
date-first = 最初のメッセージ
date-week = 1週間前
date-month = 1か月前
date-year = 1年前
date-nearest = その時期のメッセージは、まだこのコンピューターにないかもしれません。これは手元にある最も近いメッセージです。
date-nothing = その日以降のメッセージはありません。これが最新のメッセージです。
# $text (String) - read aloud when a message arrives
announce = { $name }: { $text }
message-label = { $name }、{ $time }
message-me = あなた
message-deleted = メッセージは削除されました
message-edited = 編集済み
message-menu = このメッセージの操作
react = リアクションを追加
react-with = { $emoji }でリアクション
reactions = リアクション
reactions-who = リアクションした人
reactions-none = まだだれもリアクションしていません。
thread-title = スレッド
list-asides = スレッドの新着{ $count }件
thread-count = 返信{ $count }件
thread-unread = 新着{ $count }件
thread-follow = このスレッドをフォロー
thread-write = スレッドに書く
thread-also = 会話にも表示
thread-empty = まだ返信はありません。
thread-earlier = 以前の返信を表示
thread-missing = 元のメッセージはここにありません。
threads-title = スレッド
threads-empty-title = スレッドはまだありません
threads-empty-text = フォロー中のスレッドがここに並びます。書き込んだもの、名前を挙げられたもの、自分の発言へのもの、そして自分でフォローしたものです。
threads-gone = 元のメッセージは表示されなくなりました。
threads-leave = このスレッドのフォローを解除
threads-left = このスレッドのフォローを解除しました。
threads-more = さらに表示
reactions-me = あなた
reactions-others = { $names }、ほか{ $count }人
reactions-label = { $emoji } { $count }: { $names }
reactions-count = { $count }人
emoji-choose = 絵文字を選択
emoji-insert = 絵文字を挿入
emoji-search = 絵文字を検索
emoji-none = その名前の絵文字はありません。
emoji-found = 検索結果
emoji-recent = 最近使った絵文字
emoji-smileys = スマイリーと感情
emoji-people = 人と体
emoji-nature = 動物と自然
emoji-food = 食べ物と飲み物
emoji-travel = 旅行と場所
emoji-activities = 活動
emoji-objects = 物
emoji-symbols = 記号
emoji-flags = 旗
emoji-tone = 肌の色
emoji-tone-none = 肌の色なし
emoji-tone-light = 明るい肌の色
emoji-tone-medium-light = やや明るい肌の色
emoji-tone-medium = 中間の肌の色
emoji-tone-medium-dark = やや濃い肌の色
emoji-tone-dark = 濃い肌の色
message-edit = メッセージを編集
message-delete = 全員から削除…
message-hide = 自分からのみ削除
message-hidden = メッセージを自分からのみ削除しました。
message-reply = 返信
message-thread = スレッドで返信
message-forward = 転送…
message-forwarded = 転送されたメッセージ
forward-title = メッセージの転送
forward-to = 転送先
forward-none = 「{ $query }」という会話はありません。
forward-comment = コメント
forward-comment-help = メッセージの後に送信されます。空のままでも構いません
forward-nowhere = まず会話を選んでください。
forward-too-many = 会話は{ $max }件まで選べます。
forward-go =
    { $count ->
        [0] 転送
        [1] 転送
       *[other] { $count }件に転送
    }
forward-waits = オンラインになり次第、転送されます。
forward-done =
    { $count ->
        [1] 転送しました
       *[other] { $count }件の会話に転送しました
    }
# Before whose words they are, read aloud
quote-label = 返信先
quote-jump = 元のメッセージに移動
quote-coming = 読み込まれていないメッセージ
quote-hidden = 自分からのみ削除したメッセージ
quote-never = あなたには表示できないメッセージ
message-copy = テキストをコピー
star = スターを付ける
star-remove = スターを外す
star-removed = スターを外しました。
collect = コレクションに追加…
collect-title = コレクションに追加
collect-done = 完了
collection-new-name = 新しいコレクションの名前
message-starred = スター付き
message-pin = 全員に見えるようにピン留め
message-unpin = ピン留めを外す
message-pinned = ピン留め済み
message-link = リンクをコピー
message-link-copied = リンクをコピーしました。この会話に参加している人は、リンクからメッセージに移動できます。
message-unknown = このメッセージの表示には、新しいバージョンのHearthが必要です
versions-open = 編集前の内容
versions-title = 編集履歴
versions-loading = 編集前の内容をサーバーに問い合わせています…
# $time (String)
versions-first = 送信: { $time }
versions-edited = 編集: { $time }
versions-waiting = 編集済み、送信待ち
# Read aloud before words that are marked by a line under or through them.
versions-added = 追加:
versions-removed = 削除:
# $count (Number) - versions before the one above it
versions-missing = これより前の内容{ $count }件は保存されていません。
versions-missing-offline = 編集前の内容はこのコンピューターにありません。サーバーに接続できたら確認できます。
spoiler-show = 隠されたテキスト: 表示する
spoiler-hidden = 隠されたテキスト
spoiler-open = 隠されていたテキスト
code-label = コード
code-copy = このコードをコピー
message-discarded = メッセージを破棄しました
delivery-queued = 送信待ち
delivery-sending = 送信中
delivery-sent = 送信済み
delivery-delivered = 配信済み
delivery-read = 既読
delivery-failed = 未送信
readers-open = 読んだ人を表示
readers-title = 読んだ人
readers-read = 既読
readers-delivered = 配信済み
readers-nobody = 相手が公開している範囲では、まだだれもいません。
delivery-canceling = 取り消し中
note-offline = 接続を待っています
note-waiting = 送信待ち

## Editing and deleting

edit-label = メッセージを編集
edit-cancel = 変更せずに戻る
edit-save = 保存
edit-conflict = その間に、別のデバイスでこのメッセージが変更されました。変更後の内容は上に表示されています。あなたのテキストはここに残っています。
edit-use = 自分のテキストを使う
edit-drop = 自分のテキストを破棄
edit-failed = 編集が拒否されました: { $reason }
delete-failed = 削除できませんでした: { $reason }
delete-title = このメッセージを削除しますか？
delete-text = この会話の全員から削除され、元に戻すことはできません。
discard-title = 関連するものも破棄しますか？
discard-text = これがないと送信できない変更が{ $count }件あります:
discard-all = すべて破棄
taken-back-arrived = すでに送信されていたため、そのまま残ります。
taken-back-returned = 取り消しました。テキストは、その会話のメッセージ入力欄にあります。
taken-back-thread = 取り消しました。テキストは、そのスレッドの入力欄にあります。
taken-back-show = 表示

## What is on this computer

coverage-label = このコンピューターにある内容
coverage-whole = { $date }以降のすべてがこのコンピューターにあります: メッセージ{ $count }件。
coverage-empty = すべてがこのコンピューターにあります。メッセージはまだありません。
coverage-part = ここにあるメッセージは{ $count }件です。
coverage-part-of = ここにあるメッセージは{ $count }件で、最大{ $missing }件が足りません。
coverage-arriving = 過去のメッセージを取得中です。
coverage-later = 過去のメッセージは、サーバーに再び接続できたら届きます。
coverage-none = ここにはまだ何もありません。取得中です。
coverage-none-offline = ここにはまだ何もありません。サーバーに接続できたら届きます。
# $periods (String) - one or several
coverage-missing = 足りない期間: { $periods }。
# $date (String) - a day
coverage-before = { $date }より前
# $date (String) - a day
coverage-after = { $date }より後
coverage-all = すべて
coverage-fetch = 今すぐ取得
coverage-total = { $all }件中{ $complete }件の会話がすべてこのコンピューターにあります。メッセージは合計{ $count }件です。
coverage-more = ほか{ $count }件

## The composer

composer-label = メッセージを入力
composer-message = { $name }へのメッセージ
composer-offline = メッセージを入力（オンラインに戻ると送信されます）
composer-send = 送信
later-title = 後で送信
later-hour = 1時間後
later-evening = 今日の夜
later-tomorrow = 明日の朝
later-monday = 月曜日
later-other = 別の日時…
later-intro = どのデバイスの電源も入っていなくても、その日時にサーバーが送信します。
later-when = 日時
later-go = 予約
later-no-time = 日付と時刻を選んでください。
later-too-soon = この日時はすでに過ぎています。もっと後の日時を選ぶか、今すぐ送信してください。
# $when (String) - a day and a time
later-done = 送信予定: { $when }
# $time (String) - of the clock
when-today = 今日 { $time }
when-tomorrow = 明日 { $time }
scheduled-title = 予約済みメッセージ
# $name (String) - of the conversation
conversation-gone = 「{ $name }」はもうここにありません。削除されたか、あなたがもう参加していません。
scheduled-empty-title = 予約済みメッセージはありません
scheduled-empty-text = メッセージを書いて、送信ボタンの横にある「後で送信」を選んでください。どのデバイスの電源も入っていなくても、その日時にサーバーが送信します。
# $count (Number) - messages
scheduled-bar = 予約済みメッセージ{ $count }件
scheduled-bar-failed = 予約済みメッセージ{ $count }件を送信できませんでした
scheduled-show = 表示
scheduled-elsewhere = もう参加していない会話
scheduled-unknown = このバージョンでは表示できないメッセージ
# $when (String) - a day and a time
scheduled-only-here = { $when }（サーバーへの送信待ち）
scheduled-when-online = 予定の日時になりました。オンラインに戻ると送信されます
scheduled-now = 送信中
scheduled-failed-not-found = 送信できませんでした。この会話にもう参加していないか、どちらかが相手をブロックしています。
scheduled-failed-not-allowed = 送信できませんでした。そこに書くことが許可されていないか、読む人がいません。
scheduled-failed-deactivated = 送信できませんでした。その時点で、あなたのアカウントは無効になっていました。
scheduled-failed-restored = 送信されませんでした。予定の日時の前にサーバーがバックアップの状態に戻されたため、その後の変更がサーバーに残っていない可能性があります。内容を確認してから、送信するか削除してください。
scheduled-failed-other = 予定の日時に送信できませんでした。変更するか、今すぐ送信してください。
scheduled-send = 今すぐ送信
scheduled-edit = 予約済みメッセージを変更
scheduled-text = メッセージ
scheduled-nothing = 送信する内容を入力するか、メッセージを削除してください。
scheduled-save = 保存
scheduled-gone = このメッセージはその間に送信または削除されたため、もう変更できません。書いた内容は、閉じるまでここに残ります。必要ならコピーしてください。
scheduled-conflict = その間に、別のデバイスでこのメッセージが変更されました。変更後の内容は上に表示されています。あなたのテキストはここに残っています。もう一度保存すると、その内容を置き換えます。
# $text (String) - what the other device has made of it; $when (String) - when that is sent
scheduled-conflict-now = 今の内容（{ $when }に送信）: { $text }
scheduled-delete = 削除
scheduled-sure = 削除しますか？内容は元に戻せません。
# $seconds (Number) - how long it still waits
undo-send-left = あと{ $seconds }秒、送信を取り消せます
undo-send-can = メッセージは少し待ってから送信されます。それまでは送信を取り消せます。
composer-names = メンションする人
composer-channels = リンクするチャンネル
composer-emoji = 絵文字
composer-commands = コマンド
# What is typed behind a command: words to look for, a text, people
command-words = 検索語
command-text = テキスト
command-people = @ユーザー名
command-search = この会話で検索
command-details = この会話の詳細
command-name = 名前を変更
command-topic = トピックを変更
command-invite = 人を追加
command-leave = この会話から退出
# $word (String) - what was typed, with its slash
command-unknown = ここには{ $word }というコマンドはありません。メッセージとして送信するには、前に空白かスラッシュをもう1つ入力してください。
command-takes-nothing = { $word }の後には何も入力できません。メッセージとして送信するには、前に空白かスラッシュをもう1つ入力してください。
# $what (String) - what is typed behind it, as the list of commands says it
command-needs = { $word }の後に入力してください: { $what }
# $name (String) - a username behind an at sign
command-nobody = ここに追加できる{ $name }という人は見つかりません。
command-later = コマンドは後で送信できません。メッセージとして送信するには、前に空白を入力してください。
# $name (String) - a channel's
channel-open = チャンネル「{ $name }」を開く
# The word behind the at sign by which everyone in a conversation is named
everyone = 全員
# $count (Number) - the others who are there
everyone-tells = { $count }人に通知
everyone-warning = { $count }人に通知されます。
everyone-refused = 人数が多いため、ここでは@everyoneを使えません。全員に通知できるのはオーナーと管理者だけです。伝えたい人を個別にメンションしてください。
# $name (String) - whose message, or “You”
reply-to = { $name }に返信
reply-cancel = 返信をやめる
# $name (String) - first name of who is writing
typing-one = { $name }さんが入力中…
typing-two = { $first }さんと{ $second }さんが入力中…
typing-many = { $count }人が入力中…
composer-count = { $count }/{ $max }文字
composer-too-long = { $count }文字超過しています。メッセージは{ $max }文字までです。短くするか、分けて送信してください。

## Search

search-open = メッセージを検索
search-label = すべてのメッセージを検索
search-close = 検索を閉じる
search-results = 検索結果
search-conversations = 会話
search-messages = メッセージ
search-beyond = サーバー上
search-asking = まだこのコンピューターにないものをサーバーで検索しています…
search-look-further = まだ見つかりません。サーバーでさらに検索
search-preview = 検索結果の前後の会話
search-in = { $name }
search-go = 開く
search-previous = 前の結果
search-next = 次の結果
search-position = { $count }件のうち{ $at }件目
search-position-more = { $count }件以上のうち{ $at }件目
search-whole = このコンピューターにあるすべてを検索しました。
search-here = 検索の対象は、すべてこのコンピューターにあります。
# $date (String) - a day
search-since = { $date }以降のものはすべてここにあります。
search-older = { $count }件の会話には、もっと前のメッセージがサーバーにあります。
# $name (String) - of a conversation
# $periods (String) - one or several
search-missing = { $name }: { $periods }が足りません。
search-part = { $count }件の会話は、まだすべてがここにありません。
search-searched = メッセージ{ $count }件。
search-start-title = 読んだものは何でも見つかります
search-start-text = オンラインでもオフラインでも、このコンピューターにあるすべてのメッセージの言葉を検索します。
search-none-title = 「{ $query }」は見つかりませんでした
search-none-filtered = 見つかりませんでした
search-none-looked = 検索条件: { $what }。
search-looked-words = 「{ $words }」
search-none-text = このコンピューターにあるすべてのメッセージが対象です。
search-none-part = 一部の会話は、まだすべてがこのコンピューターにありません。後で見つかることがあります。
search-people = ユーザー
search-suggestions = 入力できるもの
search-order = メッセージ
search-order-newest = 新しい順
search-order-best = 関連度順
search-drop = フィルターを外す: { $filter }
search-add-from = 送信者
search-add-in = 会話
search-add-has = 含むもの
search-add-is = 状態
search-add-before = この日より前
search-add-after = この日より後
search-chip-from = 送信者: { $name }
search-chip-in = 会話: { $name }
search-chip-before = { $date }より前
search-chip-after = { $date }より後
search-chip-on = 日付: { $date }
search-chip-mentions = 自分へのメンション
search-chip-without = { $what }を除く
search-chip-more = ほか{ $count }件
search-value-link = リンクあり
search-value-is-link = リンクのみ
search-value-reaction = リアクションあり
search-value-starred = スター付き
search-value-unread = 未読
search-value-pinned = ピン留め済み
search-value-today = 今日
search-value-yesterday = 昨日
search-value-me = 自分
search-problem-value = 探すものは、「{ $filter }:」のすぐ後ろに空白を入れずに入力してください。
search-problem-date = 「{ $text }」は日付ではありません。2026-01-31のように入力するか、todayまたはyesterdayと入力してください。
search-problem-nobody = このコンピューターが知っている人に「{ $text }」という人はいません。
search-problem-conversation = このコンピューターに「{ $text }」という会話はありません。
search-problem-has = 「has:{ $text }」はここでは使えません。has:linkまたはhas:reactionと入力してください。
search-problem-is = 「is:{ $text }」はここでは使えません。is:starred、is:unread、is:pinned、またはis:linkと入力してください。
search-problem-mentions = 「mentions:{ $text }」はここでは使えません。mentions:meと入力してください。
search-help = 入力できる内容
search-help-phrase-example = "古い ベルト"
search-help-phrase = 隣り合って並ぶ言葉
search-help-without-example = -ベルト
search-help-without = この言葉を含まない。マイナス記号はどのフィルターの前にも付けられます
search-help-from = 書いた人: 名前、@ユーザー名、またはme
search-help-in = メッセージのある会話
search-help-before = 指定した日より前: 2026-01-31、today、yesterday
search-help-after = 指定した日より後
search-help-on = 指定した日のみ
search-help-has = linkまたはreaction
search-help-is = starred、unread、pinned、またはlink
search-help-mentions = 自分がメンションされているもの

## The switcher

switcher-label = 移動
switcher-recent = 最近
switcher-do = 操作
# $name (String) - the open conversation's
switcher-here = { $name }で
switcher-choose = 選択
switcher-open = 開く
switcher-link = このリンク先のメッセージに移動
switcher-search = すべてのメッセージで「{ $query }」を検索
recent-label = 最近開いた会話

## A new conversation

new-title = 新しい会話
new-create = 複数人の会話、グループ、チャンネル…
new-placeholder = 名前またはユーザー名
new-hint = 名前またはユーザー名を数文字入力してください。
new-hint-offline = オフラインです。すでに知っている人だけを検索できます。
new-none = 「{ $query }」に一致する人は見つかりませんでした
new-none-text = このサーバーにまだアカウントがないのかもしれません。設定にあるリンクで招待してください。
new-none-offline = オフラインです。すでに知っている人だけが見つかります。

## Making a conversation of several people, a group, or a channel in one

create-title = 新しい会話、グループ、チャンネル
create-what = 種類
create-conversation = 会話
create-conversation-text = 数人で話します。
create-group = グループ
create-group-text = チームや家族など、チャンネルを共有する人の集まりです。次に最初のチャンネルを作成します。
create-channel = チャンネル
create-channel-text = グループの中の会話です。グループの全員または一部の人が参加します。
create-name = 名前
create-name-missing = 名前を入力してください。
# $max (Number)
create-name-long = 名前は{ $max }文字までです。短くしてください。
create-about = 説明
create-about-help = 空のままでも構いません。
# $max (Number)
create-about-long = { $max }文字までです。短くしてください。
create-people = 参加する人
create-in = グループ
create-no-groups = あなたがオーナーのグループはまだありません。先にグループを作成してください。
create-private = プライベート
create-private-help = あなたが選んだ人にだけ表示されます。
create-members = メンバー
create-members-none = このグループにはまだほかの人がいません。人は後で追加できます。
create-go = 作成
# Beside somebody who need not be added any more.
people-there = 参加済み

## About a group

# $name (String) - the group
group-open = { $name }の詳細
group-unnamed = グループ
group-people = { $count }人
# $name (String) - my own name
group-me = { $name }（あなた）
group-add = 人を追加
group-add-go =
    { $count ->
        [0] 追加
       *[other] { $count }人を追加
    }
group-ask-first = 先に相手に確認する
group-ask-first-text = 招待が届き、承諾すると参加します。
# $max (Number)
group-ask-note = グループの目的や誘った理由: { $max }文字まで
group-invite-go =
    { $count ->
        [0] 招待
       *[other] { $count }人を招待
    }
group-invited = あなたが招待中の人
group-add-who = 人を追加できるのはオーナーと管理者です。
group-waiting = サーバーに接続できたら
# $date (String) - a day with its year; of people and of one's own account
member-since = { $date }から参加
# $date (String) - a day with its year; of a conversation or a group
made-on = { $date }に作成
# $date (String), $name (String)
made-by = { $date }に{ $name }さんが作成
# $date (String)
made-by-me = { $date }にあなたが作成
group-more = ほか{ $count }人を表示
role-owner = オーナー
role-admin = 管理者
role-member = メンバー
group-leave = グループから退出
group-leaving = サーバーに接続できたら、このグループから退出します。それまでは送信トレイで取り消せます。
group-only-owner = あなたがオーナーです。退出する前に、グループを譲渡するか削除してください。
# $name (String) - the group
leave-title = { $name }から退出しますか？
leave-text = グループのチャンネルは、このコンピューターとほかのデバイスから消えます。あなたが書いた内容は、ほかの人のところに残ります。戻るには、だれかに追加してもらう必要があります。
leave-offline = オフラインです。サーバーに接続できたら実行されます。
leave-go = 退出
group-edit = 編集
group-edit-title = 名前と説明
group-links = 招待リンク
group-deleting = サーバーに接続できたら、このグループは削除されます。それまでは送信トレイで取り消せます。
group-delete = グループを削除
# $name (String) - the group
group-delete-title = { $name }を削除しますか？
group-delete-text =
    { $count ->
        [1] グループのチャンネルとその中のすべての発言が、完全に削除されます。
       *[other] グループのチャンネルとその中のすべての発言が、{ $count }人全員から完全に削除されます。
    }
# $name (String) - the group
group-delete-type = 続けるには、グループの名前を入力してください: { $name }

## Somebody in a group

# $name (String) - the person
member-find = メンバーを検索
member-menu = { $name }の操作
member-make-admin = 管理者にする
member-make-member = メンバーに戻す
member-hand-over = グループを譲渡
member-remove = グループから外す
# $name (String) - the person, $group (String)
member-remove-title = { $name }さんを{ $group }から外しますか？
member-remove-text = グループのチャンネルは、その人のデバイスから消えます。その人が書いた内容は残ります。招待リンクが有効な間は、リンクから戻ることができます。
member-hand-over-title = { $group }を{ $name }さんに譲渡しますか？
member-hand-over-text = 以後は譲渡した相手がオーナーとなり、管理者を決めます。あなたは管理者として残ります。

## About a conversation

# $name (String) - the conversation
about-open = { $name }の詳細
about-title = 会話
about-no-topic = トピックはまだ設定されていません。
about-edit = 編集
about-edit-title = 名前とトピック
about-topic = トピック
about-people = { $count }人
about-everybody = グループの全員がこのチャンネルに参加しています。
about-leave = 退出
about-history = 新しく参加した人に、参加前の内容を表示
about-history-shared = 今後追加される人は、すべてを読めます。
about-history-kept = 今後追加される人は、参加した後の内容だけを読めます。
about-delete = 全員から削除
# $conversation (String) - the conversation
about-delete-title = { $conversation }を削除しますか？
about-delete-text =
    { $count ->
        [1] この会話のすべての発言が、完全に削除されます。
       *[other] この会話のすべての発言が、{ $count }人全員から完全に削除されます。
    }
# $name (String) - the conversation
about-delete-type = 続けるには、会話の名前を入力してください: { $name }
# $conversation (String) - the conversation
about-leave-title = { $conversation }から退出しますか？
about-leave-text = この会話は、このコンピューターとほかのデバイスから消えます。あなたが書いた内容は、ほかの人のところに残ります。戻るには、だれかに追加してもらう必要があります。
# $name (String) - the person; $conversation (String) - the conversation
about-out-title = { $name }さんを{ $conversation }から外しますか？
about-out-text = この会話は、その人のデバイスから消えます。その人が書いた内容は残ります。

## What happened to a conversation. $name (String) is who did it; the words with -me are for what I did

happened-you = あなた
# Whose name is not known here.
happened-somebody = だれか
happened-others = ほか{ $count }人
happened-name = { $name }が会話の名前を変更しました。
happened-name-me = あなたが会話の名前を変更しました。
happened-topic = { $name }がトピックを変更しました。
happened-topic-me = あなたがトピックを変更しました。
happened-both = { $name }が名前とトピックを変更しました。
happened-both-me = あなたが名前とトピックを変更しました。
happened-shared = { $name }が、新しく参加した人に参加前の内容を表示するようにしました。
happened-shared-me = あなたが、新しく参加した人に参加前の内容を表示するようにしました。
happened-not-shared = { $name }が、新しく参加した人に参加前の内容を表示しないようにしました。
happened-not-shared-me = あなたが、新しく参加した人に参加前の内容を表示しないようにしました。
happened-picture = { $name }が画像を変更しました。
happened-picture-me = あなたが画像を変更しました。
happened-picture-removed = { $name }が画像を削除しました。
happened-picture-removed-me = あなたが画像を削除しました。
# $people (String) - a list of names
happened-added = { $name }が{ $people }を追加しました。
happened-added-me = あなたが{ $people }を追加しました。
# $person (String) - who is out
happened-removed = { $name }が{ $person }を外しました。
happened-removed-me = あなたが{ $person }を外しました。
happened-left = { $name }が退出しました。
happened-left-me = あなたが退出しました。
# $name (String) - who owns the conversation now, as its owner is out
happened-heir = { $name }がオーナーになりました。
happened-heir-me = あなたがオーナーになりました。
# $person (String) - whom it is about
happened-admin = { $name }が{ $person }を管理者にしました。
happened-admin-me = あなたが{ $person }を管理者にしました。
happened-member = { $name }が{ $person }をメンバーに戻しました。
happened-member-me = あなたが{ $person }をメンバーに戻しました。
happened-unknown = このバージョンのHearthでは表示できないことが起こりました。読むにはHearthを更新してください。

## Links into a group

# $name (String) - the group
invite-title = { $name }に招待
invite-text = リンクを受け取った人は、このサーバーのアカウントがあれば参加できます。リンクは、期限が切れるか、オーナーまたは管理者が停止するまで有効です。
invite-lives = 有効期間
invite-hours = { $count }時間
invite-days = { $count }日
invite-uses = 利用できる人数
invite-role = 参加時のロール
invite-make = リンクを作成
# Said aloud before the link itself
invite-link = 招待リンク
invite-once = 表示されるのは今回だけです。今コピーしてください。
invite-good = 有効なリンク
invite-left = あと{ $count }人
# $time (String), $name (String) - who made it
invite-until = { $time }まで、作成者: { $name }
invite-revoke = このリンクを停止
invite-none = 現在有効なリンクはありません。
new-join = リンクで参加…
join-title = グループに参加
join-link = 招待リンク
join-link-help = hearth://join/で始まります。
join-look = リンク先を確認
join-go = 参加
join-open = 開く
join-already = このグループに参加済みです。

## The outbox

outbox-title = 送信トレイ
outbox-summary =
    { $count ->
        [0] 送信待ちはありません
       *[other] { $failed ->
            [0] { $count }件の変更が送信待ち
           *[other] { $count }件の変更が送信待ち、うち{ $failed }件は対応が必要
        }
    }
outbox-open = 送信トレイ、送信待ち{ $count }件
outbox-open-failed = 送信トレイ、送信待ち{ $count }件、未送信{ $failed }件
outbox-needs-you = 対応が必要
outbox-else = その他すべて
outbox-receipts = 既読通知の設定
outbox-status = ステータス
outbox-about = 自己紹介
# $name (String) - the new name
outbox-name = 新しい名前: { $name }
outbox-privacy = プロフィールの公開範囲
outbox-arrange = 一覧での会話の扱い
# $name (String) - the new name
outbox-device = デバイスの新しい名前: { $name }
outbox-message = メッセージ
# $text (String) - what is answered
outbox-reply = 返信: { $text }
# $text (String) - what is forwarded
outbox-forward = 転送: { $text }
outbox-edit = 編集
# $text (String) - what is to be sent
outbox-schedule = 後で送信: { $text }
# $text (String) - what is to be sent instead
outbox-reschedule = 予約済みメッセージを変更: { $text }
outbox-reschedule-time = 予約済みメッセージの日時を変更
outbox-unschedule = 予約済みメッセージを削除
# $text (String) - what the message says without the edit
outbox-edit-of = 変更前:「{ $text }」
outbox-delete = 「{ $text }」を削除
outbox-delete-any = メッセージを削除
outbox-react = 「{ $text }」に{ $emoji }でリアクション
outbox-react-any = { $emoji }でリアクション
outbox-unreact = { $emoji }を取り消す
# $text (String) - what the message says
outbox-star = 「{ $text }」にスターを付ける
outbox-star-any = メッセージにスターを付ける
# $text (String) - what the message says
outbox-unstar = 「{ $text }」のスターを外す
outbox-unstar-any = スターを外す
# $text (String) - what the message says
outbox-pin = 「{ $text }」をピン留め
outbox-pin-any = メッセージをピン留め
# $text (String) - what the message says
outbox-unpin = 「{ $text }」のピン留めを外す
outbox-unpin-any = メッセージのピン留めを外す
outbox-hide = 「{ $text }」を自分からのみ削除
outbox-hide-any = メッセージを自分からのみ削除
outbox-follow = 「{ $text }」のスレッドをフォロー
outbox-follow-any = スレッドをフォロー
outbox-leave-thread = 「{ $text }」のスレッドのフォローを解除
outbox-leave-thread-any = スレッドのフォローを解除
outbox-show = 「{ $text }」を再表示
outbox-show-any = メッセージを再表示
# $name (String) - what the collection is called
outbox-collection = 新しいコレクション「{ $name }」
outbox-collection-rename = コレクションの名前を「{ $name }」に変更
outbox-collection-delete = コレクションを削除
# $text (String) - what the message says; $name (String) - what the collection is called
outbox-collect = 「{ $text }」を「{ $name }」に追加
outbox-collect-any = メッセージを「{ $name }」に追加
outbox-take-out = 「{ $name }」からメッセージを外す
outbox-direct = { $name }との新しい会話
outbox-conversation = 新しい会話「{ $name }」
outbox-group = 新しいグループ「{ $name }」
outbox-channel = 新しいチャンネル「{ $name }」
outbox-private = このチャンネルをプライベートにする
outbox-add = { $people }を追加
outbox-remove = { $people }を外す
outbox-member-role = { $people }のここでのロールを変更
# $name (String) - the new name
outbox-rename = 名前を「{ $name }」に変更
outbox-topic = トピックを変更
outbox-history = 新しく参加した人に表示する内容を変更
outbox-leave = この会話から退出
outbox-leave-group = グループから退出
outbox-group-edit = グループ「{ $name }」を変更
outbox-group-role = グループでの{ $people }のロールを変更
outbox-group-hand-over = 「{ $name }」を{ $people }に譲渡
# $name (String) - the conversation
outbox-conversation-delete = 会話「{ $name }」を削除
# $name (String) - the group
outbox-group-delete = グループ「{ $name }」を削除
outbox-somebody = だれか
outbox-change = 変更
outbox-needs = 先に必要なものを待っています
outbox-needs-failed = 先に必要なものを待っています。それには対応が必要です
outbox-held = { $seconds }秒後に送信
outbox-behind = 前のものの送信を待っています
outbox-next-try = { $seconds }秒後に再試行します。
outbox-send-again = 再送信
outbox-canceling-offline = サーバーに接続できたら取り消されます
outbox-since = { $time }から送信待ち
outbox-tries = { $count }回試行、自動で続行します
outbox-try-all = 今すぐすべて再試行
outbox-empty-title = すべて送信しました
outbox-empty-text = オフラインで書いたものは、待っている理由と次の再試行とともにここに表示されます。

## Settings

settings-title = 設定
settings-account = このアカウント
settings-signed-in = { $server }に{ $username }としてサインイン中
settings-email = メールアドレス
settings-password = パスワード
settings-password-text = 変更すると、ほかのデバイスはサインアウトされます。
# $date (String) - a day with its year
settings-password-changed = 前回の変更: { $date }。変更すると、ほかのデバイスはサインアウトされます。
# $role (String) - what I am on the server
settings-role = このサーバーでのロール: { $role }
# $role (String)
settings-role-waits = アドレスを確認すると{ $role }になります。
settings-sign-out = サインアウト
sign-out-title = 未送信のものがあります。サインアウトしますか？
sign-out-waiting = { $count }件の変更がまだ送信されていません。暗号化されてこのコンピューターに残り、ここでもう一度サインインすると送信されます。
settings-you = プロフィール
status-label = ステータス
status-placeholder = 今、何をしていますか？
status-help = 名前の横に表示される短い言葉
# $time (String) - a date and a clock
status-until = { $time }まで表示
# $max (Number)
status-too-long = { $max }文字までです。
status-ends = 消えるとき
# $time (String) - a date and a clock
status-ends-keep = { $time }
status-ends-never = 自分で変更したとき
status-ends-hour = 1時間後
status-ends-today = 今日の終わり
status-save = 保存
status-clear = ステータスを消去
picture-title = 画像
picture-none = 画像がない場合は、イニシャルが表示されます
picture-help = ほかの人が見る場所で、あなたの名前の横に表示されます
picture-choose = 画像を選択…
picture-remove = 削除
group-picture-help = グループの全員に、グループのチャンネルの横に表示されます
group-picture-none = 画像がない場合は、グループのイニシャルが表示されます
group-picture-crop-title = グループの画像
conversation-picture-help = 会話に参加している全員に、会話名の横に表示されます
conversation-picture-none = 画像がない場合は、会話名のイニシャルが表示されます
conversation-picture-none-channel = 画像がない場合は、グループの画像が表示されます
conversation-picture-crop-title = 会話の画像
picture-unreadable = Hearthで表示できる画像ではありません。PNG、JPEG、WebP、GIFのファイルを選んでください。
picture-offline = 画像を変更するには、サーバーへの接続が必要です。
picture-crop-title = あなたの画像
picture-stage = ほかの人に見える部分
picture-keys = ドラッグするか、矢印キーで動かしてください。プラスとマイナスで拡大・縮小できます。四角の中に見える部分だけが送信されます。
picture-zoom = 拡大・縮小
picture-save = この画像を使う
picture-saving = 送信中…
name-title = 名前
name-help = あなたを目にするすべての人に表示されます。ユーザー名は変わりません
about-label = 自己紹介
about-placeholder = あなたについて、数行で
about-help = 会話またはグループが同じ人と、連絡先に表示されます
person-title = プロフィール
card-add = 連絡先に追加
card-write = メッセージを書く
# $name (String) - somebody's name
person-open = { $name }のプロフィール
settings-show-picture = 自分の画像を見られる人
settings-show-picture-text = 対象は上と同じ人です
settings-show-status = 自分のステータスを見られる人
settings-show-status-text = 対象は、会話またはグループが同じ人と、連絡先です
settings-show-seen = 自分の在席状況を見られる人
settings-show-seen-text = 対象は上と同じ人です。オンライン、離席中、または最終オンラインの時刻（約10分単位）が表示されます
seen-by-everyone = 全員
seen-by-contacts = 連絡先のみ
seen-by-nobody = だれにも見せない
settings-devices = デバイス
devices-text = このアカウントでサインインしている場所
devices-offline = サインインしている場所（ここで最後に確認した状態）。デバイスのサインアウトには、サーバーへの接続が必要です。
device-mine = このデバイス
device-unnamed = 名前のないデバイス
# $time (String) - a time, a weekday or a date
device-signed-in = サインイン: { $time }
# $name (String) - what the device is called
device-rename = { $name }の名前を変更
device-rename-title = デバイスの名前の変更
device-name = 名前
# $max (Number) - characters
device-name-help = { $max }文字まで。ほかのデバイスにも表示されます
# $name (String) - what the device is called
device-sign-out-title = { $name }をサインアウトしますか？
device-sign-out-text = すぐに閉じられます。履歴と未送信のものは暗号化されてそのデバイスに残り、もう一度サインインすると再び開けます。
devices-others = ほかのすべてのデバイス
devices-others-text = 紛失したデバイスや、心当たりのないデバイスがある場合
devices-others-go = ほかをすべてサインアウト
devices-others-title = ほかのすべてのデバイスをサインアウトしますか？
settings-server = サーバー
settings-server-embedded = このアプリの中で動作しています。ほかの人は、Hearthの実行中に接続できます。
settings-server-here = このアプリの中で、Hearthの実行中に、このコンピューターのためだけに動作しています。
settings-invite-here = このコンピューターでのみ使えます。ここでHearthを使ってこのリンクを開いた人は、アカウントを作成できます。
settings-invite = ほかの人を招待
settings-invite-text = Hearthでこのリンクを開いた人は、このサーバーにアカウントを作成できます。
settings-invite-invited = Hearthでこのリンクを開くと、このサーバーが見つかります。アカウントを作成するには、招待も必要です。
settings-invite-closed = Hearthでこのリンクを開くと、このサーバーが見つかります。現在は新規登録を受け付けていません。
settings-appearance = 外観
settings-theme = テーマ
theme-system = システムに合わせる
theme-light = ライト
theme-dark = ダーク
settings-language = 言語
settings-language-text = ウィンドウ、システムトレイ、通知の言語です。だれかが書いた内容は変わりません。
# $name (String) - the language that the system prefers, by its own name
language-system = システムに合わせる（{ $name }）
settings-messages = メッセージとウィンドウ
settings-density = 表示の密度
settings-density-text = コンパクトでは、平らな1列になり、画面に多くの内容が入ります
settings-list-by-group = 一覧をグループごとに表示
settings-list-by-group-text = 折りたためるセクションに分け、それぞれの未読数を表示します
settings-list-order-text = どの並び順でも、ピン留めした会話は上に表示されます
density-comfortable = 吹き出し
density-compact = コンパクト
settings-enter = Enterで送信
settings-enter-on = Shift+Enterで改行
settings-enter-off = Enterで改行、{ $key }で送信
settings-undo-send = 送信の取り消し
# $key (String) - the keys for it
settings-undo-send-text = メッセージは、この時間だけ待ってから送信されます。それまでは取り消せます。空の入力欄で{ $key }を押しても取り消せます
undo-send-off = オフ
undo-send-for = { $seconds }秒
settings-receipts = 既読通知
settings-receipts-text = 100人以下の会話で、あなたに届いたメッセージと読んだメッセージがほかの人に表示されます
settings-privacy = プライバシー
settings-read = 表示したら既読にする
settings-read-on = 画面に表示されたメッセージは既読になります。既読通知を共有している場合は、ほかの人にも表示されます
settings-read-off = 会話でEscを押すか、メニューで既読にするまで、未読のままです。スレッドは開くと既読になります
settings-notify = 通知に表示する内容
settings-notify-text = 目の前に開いている会話については通知しません
notify-text = 送信者と本文
notify-sender = 送信者のみ
notify-nothing = 何も表示しない
settings-quiet = おやすみモード
settings-quiet-text = 一定の時間、またはオフにするまで通知しません。システムトレイからも切り替えられます
settings-notifications = 通知
undisturbed-off = オフ
undisturbed-half-hour = 30分間
undisturbed-hour = 1時間
undisturbed-tomorrow = 明日まで
undisturbed-for-ever = オフにするまで
undisturbed-until = { $time }まで
undisturbed-end = おやすみモードを終了
quiet-hours = 通知しない時間帯
quiet-hours-text = この時間帯は通知しません。選んだ曜日に始まり、翌日に終わることもあります
quiet-from = 開始
quiet-to = 終了
quiet-days = 開始する曜日
quiet-never = 曜日が選ばれていないため、通知しない時間帯はありません。
quiet-whole-day = 開始と終了が同じため、24時間通知しません。
quiet-zone = タイムゾーン
quiet-zone-here = このコンピューターのタイムゾーン
settings-keywords = 通知する言葉
settings-keywords-text = このどれかを含むメッセージは、あなたへのメンションと同じ扱いになります。単語全体が一致する場合に限り、大文字と小文字は区別しません
keyword-add = 追加
# $word (String) - the word, as it was added before
keyword-known = 「{ $word }」はすでに追加されています。
keyword-remove = { $word }を削除
settings-break-mute = メンションはミュート中も通知
settings-break-mute-text = あなたへのメンションや返信、通知する言葉を含むメッセージは、ミュート中の会話でも通知します
settings-sound = 音
settings-sound-text = 通知のときに音も鳴らします
settings-try = 試す
settings-try-text = 上の設定にかかわらず、届くときと同じ通知を表示します
settings-try-do = 通知を表示
settings-try-shown = 通知を表示しました。見えなかった場合は、デスクトップの設定を確認してください。

## Why I was told of a message, or not: each rule with what it said

why-title = 通知された、またはされなかった理由
why-decides = これが決め手です。
why-told-then = このメッセージは通知されました（{ $time }）。
why-quiet-then = このメッセージは通知されませんでした（{ $time }）。
why-told-now = 届いたときにどう判断されたかは、もう分かりません。今届き、あなたがほかのところを見ていれば、通知されます。
why-quiet-now = 届いたときにどう判断されたかは、もう分かりません。今届き、あなたがほかのところを見ていても、通知されません。
why-mine = あなたが書きました。
why-mine-not = ほかの人が書きました。
why-blocked = 書いた人をブロックしています。
why-blocked-not = 書いた人をブロックしていません。
why-read = すでに読んでいました。
why-read-not = まだ読んでいませんでした。
why-mention = あなたをメンションしています。
why-mention-not = あなたをメンションしていません。
why-reply = あなたのメッセージへの返信です。
why-reply-not = あなたのメッセージへの返信ではありません。
why-keyword = 通知する言葉「{ $word }」を含んでいます。
why-keyword-not = 通知する言葉を含んでいません。
why-mute = この会話はミュート中です。
why-mute-through = この会話はミュート中ですが、これはあなた宛てのため、ミュートの対象になりません。
why-mute-not = この会話はミュートされていません。
why-nothing = ここでは、何も通知しない設定です。
why-nothing-not = ここでは、何も通知しない設定ではありません。
why-mentions = ここでは、あなた宛てのものだけを通知する設定です。これはあなた宛てではありません。
why-mentions-through = ここでは、あなた宛てのものだけを通知する設定です。これはあなた宛てです。
why-mentions-not = ここでは、あなた宛てのものに限る設定ではありません。
why-shown = このコンピューターでは、通知に何も表示しない設定です。
why-shown-not = このコンピューターでは、通知が表示されます。
why-undisturbed = おやすみモードはオンです。
why-undisturbed-not = おやすみモードはオフです。
why-hours = 通知しない時間帯です。
why-hours-not = 通知しない時間帯ではありません。
why-presence = 画面に表示されていましたが、しばらくの間、だれもウィンドウを操作していませんでした。
why-presence-not = だれもいないまま、ウィンドウが開かれていたわけではありません。
why-screen = 目の前の画面に表示されていました。
why-screen-not = 目の前の画面には表示されていませんでした。
why-everything = ここでは、すべて通知する設定です。
why-everything-not = ここでは、すべて通知する設定ではありません。
settings-close = ウィンドウを閉じたとき
settings-close-text = システムトレイでは、Hearthが受信を続けます
close-choice-ask = 確認する
close-choice-tray = システムトレイに残す
close-choice-quit = 終了する
settings-autostart = コンピューターと一緒に開始
settings-autostart-text = このコンピューターにログインすると、Hearthが開きます
settings-start-hidden = システムトレイで開始
settings-start-hidden-text = そのときは、開くまでウィンドウを表示しません。システムトレイがない場合は、ウィンドウを最小化します
settings-keys = キー操作
settings-storage = ストレージ
settings-about = Hearthについて
settings-version = Hearth { $version }
settings-profile = プロファイル { $profile }

## The list of keys

keys-switch = 会話に移動
keys-search = すべてのメッセージを検索
keys-search-here = 開いている会話で検索
keys-recent = 直前に開いていた会話に移動。Ctrlを押したままにすると、さらに前の会話を選択
keys-history = 開いたものを戻る、または進む
keys-nth = 一覧の最初の9つの会話に移動
keys-new = 新しい会話
keys-account = アカウント1から9
keys-about = 開いている会話の詳細
keys-step = 次または前の会話
keys-step-unread = 次または前の未読の会話
keys-fold = グループごとの一覧でセクションを折りたたむ、または開く
keys-edit-last = 最後のメッセージを編集（空の入力欄で）
keys-later = 後で送信（入力欄で）
keys-undo-send = 送信したばかりのメッセージを取り消す（空の入力欄で）
keys-reply = フォーカスのあるメッセージに返信
keys-choose-reply = 返信先を選ぶ（入力欄で）
keys-edit = フォーカスのあるメッセージを編集
keys-delete = そのメッセージを削除
keys-undo-hide = 最後に自分だけ削除したメッセージを再表示（メッセージの一覧で）
keys-unread = フォーカスのあるメッセージから未読にする
keys-react = フォーカスのあるメッセージにリアクション
keys-star = スターを付ける、または外す
keys-collect = コレクションに追加
keys-versions = 編集前の内容
keys-thread = スレッドへの返信
keys-forward = メッセージを転送
keys-link = メッセージへのリンクをコピー
keys-complete = 人、チャンネル、絵文字を名前で入力（入力欄で）
keys-commands = コマンド（空の入力欄で）
keys-bold = 太字（入力欄で）
keys-italic = 斜体
keys-strike = 取り消し線
keys-code = コード
keys-landmark = ウィンドウの次の部分に移動
keys-first-unread = 最初の未読メッセージに移動
keys-date = 日付に移動
keys-escape = 一番上にあるものを閉じる。なければ、ここをすべて既読にする
keys-settings = 設定
keys-list = この一覧

## Closing the window

close-title = Hearthを実行したままにしますか？
close-text = システムトレイで受信を続け、メッセージが届くとお知らせします。これは設定で変更できます。
close-remember = 選択を記憶する
close-tray = システムトレイに残す
close-quit = 終了

## The inbox

rail-inbox = 受信トレイ
# $count (Number)
rail-inbox-untold = 受信トレイ: 未読{ $count }件
inbox-title = 受信トレイ
inbox-read-all = すべて既読にする
inbox-nothing-title = 新着はありません
inbox-nothing = リクエスト、招待、未読の会話がここに集まります。
inbox-unread = 未読
# $count (Number)
inbox-messages = 未読メッセージ{ $count }件
inbox-friend = 連絡先への追加をリクエストしています
inbox-request-accepted = 連絡先になりました
inbox-invitation-accepted = { $group }に参加しました
inbox-group-deleted = オーナーがこのグループを削除しました
# $conversation (String) - what it was called
inbox-conversation-deleted = 「{ $conversation }」を削除しました
inbox-conversation-deleted-any = この会話は削除されました
inbox-mention = { $place }であなたをメンションしました
# $place (String) - the conversation
inbox-reply = { $place }であなたに返信しました
inbox-missed-call = 不在着信
inbox-accepted = 承諾しました
inbox-declined = 辞退しました
inbox-withdrawn = 取り下げられました

## People: contacts, requests, blocks

people-title = ユーザー
people-find = ユーザーを検索
people-found = 検索結果
people-incoming = 届いたリクエスト
people-invited = グループへの招待
# $group (String) - its name when the invitation was made
people-invites-into = あなたを{ $group }に招待しています
people-join = 参加
# $group (String)
people-join-group = { $group }に参加
# $name (String), $group (String)
people-decline-group = { $name }さんからの{ $group }への招待を辞退
people-outgoing = 送ったリクエスト
people-contacts = 連絡先
people-nobody-title = 連絡先はまだありません
people-nobody = 名前で相手を探して、リクエストを送りましょう。
people-add = 追加
# $name (String)
people-add-name = { $name }さんを連絡先に追加
people-accept = 承諾
# $name (String)
people-accept-name = { $name }さんのリクエストを承諾
people-decline = 辞退
# $name (String)
people-decline-name = { $name }さんのリクエストを辞退
people-withdraw = 取り下げ
# $name (String)
people-withdraw-name = { $name }さんへのリクエストを取り下げ
# $name (String)
people-write = { $name }さんにメッセージを書く
# $name (String)
people-remove = { $name }さんを連絡先から削除
# $name (String)
people-block = { $name }さんをブロック
people-is-contact = あなたの連絡先
people-is-asked = 未回答
people-is-blocked = ブロック中
people-asks-you = リクエストが届いています
people-unsent = オンラインになったら送信されます

# $name (String)
ask-title = { $name }さんへのリクエスト
ask-note = ひとこと
# $max (Number)
ask-note-help = 相手があなたを知らないかもしれない場合は、だれなのかを伝えましょう: { $max }文字まで
ask-offline = オンラインに戻ったら送信されます。
ask-go = リクエストを送信

# $name (String)
remove-title = { $name }さんを削除しますか？
remove-text = お互いの連絡先から削除されます。会話は残ります。
remove-go = 削除

# $name (String)
block-title = { $name }さんをブロックしますか？
block-text = お互いに、メッセージを書くことも、招待することも、ステータスを見ることもできなくなります。共通のグループでは、その人のメッセージが折りたたまれます。相手には通知されません。
block-go = ブロック
block-open = ブロック…
# $name (String)
blocked-note = { $name }さんをブロックしています。お互いにやり取りできません。
unblock = ブロックを解除
# $name (String)
unblock-name = { $name }さんのブロックを解除
settings-blocked = ブロックした人
blocked-text = お互いにメッセージを書けません。相手には通知されません
blocked-nobody = ブロックした人はいません
message-blocked = ブロックした人からのメッセージ
message-show = 表示

# $name (String)
outbox-request-friend = { $name }に連絡先のリクエストを送信
# $people (String), $name (String) - the group
outbox-invite = { $people }を{ $name }に招待
outbox-answer = リクエストに回答
outbox-read = 通知を既読にする
outbox-withdraw = リクエストを取り下げ
# $name (String)
outbox-remove-contact = { $name }を連絡先から削除
# $name (String)
outbox-block = { $name }をブロック
# $name (String)
outbox-unblock = { $name }のブロックを解除

## Roles on the server, and what they allow

server-role-admin = 管理者
server-role-member = メンバー
server-role-guest = ゲスト
server-role-unknown = 別のロール
server-role-admin-text = すべての操作ができます。
server-role-member-text = ユーザーを検索し、会話を始め、グループを作成できます。
server-role-guest-text = ほかの人に入れてもらった場所にだけ参加し、自分からは何も始められません。
permission-find-people = ユーザーを検索
permission-find-people-text = このサーバーのすべてのユーザーを名前で検索できます。
permission-start-conversations = 会話を始める
permission-start-conversations-text = 1人または複数の人に、自分からメッセージを書けます。
permission-create-groups = グループを作成
permission-create-groups-text = チャンネルのあるグループを作成できます。
permission-invite-to-server = サーバーに招待
permission-invite-to-server-text = 新しい人がアカウントを作成するための招待を作成できます。
permission-manage-people = ユーザーを管理
permission-manage-people-text = すべてのアカウントの閲覧、ロールの付与、無効化、サインインできない人の支援ができます。
permission-manage-roles = ロールを管理
permission-manage-roles-text = 自分のロールを超えない範囲で、ロールの作成、変更、削除ができます。
permission-manage-settings = 設定を管理
permission-manage-settings-text = アカウントを作成できる人、メッセージの保存期間、制限を設定できます。
permission-read-audit-log = 監査ログを閲覧
permission-read-audit-log-text = このサーバーの管理で行われた操作を確認できます。
may-not-find = このサーバーでのあなたのロールでは、ユーザーを検索できません。すでに知っている人は見つかります。
may-not-start = このサーバーでのあなたのロールでは、会話を始められません。ほかの人から会話を始めることはできます。
may-not-create-groups = このサーバーでのあなたのロールでは、グループを作成できません。

## Administering the server

admin-title = サーバーの設定
admin-people = ユーザー
admin-roles = ロール
admin-settings = アカウント作成と設定
admin-invites = 招待
admin-audit = 監査ログ
admin-offline = オフラインです。この操作にはサーバーへの接続が必要です。
admin-offline-stays = オフラインです。表示されているのは以前の状態で、再び接続するまで変更できません。
admin-refused = このサーバーでのあなたのロールでは、この操作はできなくなりました。
admin-more = さらに表示

admin-people-find = 名前、ユーザー名、アドレスで検索
admin-people-show = 表示
admin-people-all = 全員
admin-people-active = 有効
admin-people-deactivated = 無効
admin-people-none = だれも見つかりませんでした。
# $count (Number) - accounts that fit
admin-people-count = アカウント{ $count }件
admin-person-username = ユーザー名
admin-person-no-email = なし
# $address (String)
admin-person-unverified = { $address }、未確認
admin-person-since = アカウント作成日
admin-person-seen = 最終オンライン
admin-person-never = なし
# $count (Number)
admin-person-devices =
    { $count ->
        [0] サインイン中のデバイスなし
       *[other] { $count }台でサインイン中
    }
admin-person-on = オン
admin-person-off = オフ
admin-own = これはあなた自身のアカウントです。管理はほかの人が行う必要があります。
admin-out-of-reach = この人のロールはあなたのロールより多くを許可しているため、このアカウントは変更できません。
admin-role = ロール
admin-role-help = 今後このサーバーでできること。
admin-role-give = ロールを付与
# $name (String), $role (String)
admin-role-given = { $name }: ロールは{ $role }になりました。
admin-reset = 新しいパスワード
admin-reset-help = サインインできない人が新しいパスワードを決めるためのコードです。使うと、その人のデバイスはサインアウトされます。
admin-reset-go = コードを作成
# $time (String)
admin-reset-until = 表示されるのは今回だけで、{ $time }まで有効です。本人に伝えてください。サインインページの「パスワードを忘れた場合」で入力します。
# $time (String)
admin-reset-mailed = 本人のアドレスにも送信しました。表示されるのは今回だけで、{ $time }まで有効です。
admin-sign-out = すべてサインアウト
admin-sign-out-help = 紛失や盗難に備えて、その人のすべてのデバイスをサインアウトします。
# $name (String)
admin-sign-out-title = { $name }さんをすべてのデバイスでサインアウトしますか？
admin-sign-out-text = その人のすべてのデバイスがすぐに閉じられます。未送信のものはデバイスに残り、もう一度サインインできます。
admin-two-step-help = オン。アプリとリカバリーコードの両方を失った人のために、オフにできます。
# $name (String)
admin-two-step-title = { $name }さんの2段階認証をオフにしますか？
admin-two-step-text = その人はパスワードだけでサインインできるようになります。本人からの依頼であることを確かめてください。
admin-deactivate = アカウントの無効化
admin-deactivate-help = だれかがアカウントを有効に戻すまで、その人はサインインできません。
admin-deactivate-open = 無効にする…
# $name (String)
admin-deactivate-title = { $name }さんのアカウントを無効にしますか？
admin-deactivate-text = すべてのデバイスですぐにサインアウトされ、サインインできなくなります。ほかの人には、アカウントが無効であることが表示されます。何も削除されず、有効に戻すことができます。
admin-deactivate-go = 無効にする
admin-reactivate = 無効なアカウント
admin-reactivate-go = 有効に戻す
# $date (String)
admin-deactivated-self = { $date }に本人が無効にしました。サインインすると有効に戻ります。
# $date (String)
admin-deactivated-admin = { $date }に無効になりました。サインインできません。

admin-roles-text = このサーバーでできること。
admin-role-new = 新しいロール
admin-role-nothing = なし
# $count (Number)
admin-role-people =
    { $count ->
        [0] 付与なし
       *[other] { $count }人に付与
    }
admin-role-out-of-reach = あなたのロールより多くを許可
# $name (String)
admin-role-edit-name = ロール「{ $name }」を編集
# $name (String)
admin-role-delete-name = ロール「{ $name }」を削除
admin-role-new-title = 新しいロール
admin-role-edit-title = ロールの編集
admin-role-text = このロールの人は、今後、チェックした操作ができます。
admin-role-allows = 許可する操作
admin-role-not-mine = あなた自身のロールで許可されていないため、付与できません。
# $name (String)
admin-role-delete-title = ロール「{ $name }」を削除しますか？
admin-role-delete-text = このロールの人はいません。このロールで行われた操作は監査ログに残ります。
# $count (Number)
admin-role-in-use = このロールの人が{ $count }人います。先に別のロールを付与してください。

admin-fixed = サーバーのコマンドラインで設定されています。
admin-unsaved = 未保存
admin-unsaved-offline = 未保存です。再び接続するまで、ここに残ります。
admin-saved = サーバーの設定を保存しました。
admin-name = サーバーの名前
admin-name-help = サインインする場所に表示されます。
admin-name-missing = サーバーの名前を入力してください。
admin-new-people = 新しい人
admin-sign-up = アカウントを作成できる人
admin-sign-up-help = この設定にかかわらず、すでにアカウントのある人はそのままです。
admin-sign-up-open = 全員
admin-sign-up-invited = 招待された人
admin-sign-up-closed = なし
admin-domains = アドレスのドメイン
admin-domains-help = ここにあるドメインのアドレスを持つ人だけが、アカウントを作成できます。例: example.org, school.example。空の場合は、どのアドレスでも作成できます。
# $domain (String)
admin-domain-wrong = { $domain }はドメインではありません。example.orgのように、コンマで区切って入力してください。
admin-email-help = アカウントの作成時に入力するかどうか。
admin-email-optional = 任意
admin-email-required = 必須
admin-email-off = 尋ねない
admin-password = パスワードの文字数
admin-password-help = 新しいパスワードに最低限必要な文字数。
# $min (Number)
admin-password-wrong = { $min }以上の数字を入力してください。
admin-default-role = 新しい人のロール
admin-default-role-help = 招待に別のロールが指定されている場合を除きます。
admin-messages = メッセージ
admin-retention = メッセージの保存日数
admin-retention-help = これより古いメッセージは、サーバーと各自のコンピューターで、全員から削除されます。空の場合は、無期限に保存されます。
admin-retention-wrong = 日数を入力してください。無期限に保存するには、空のままにしてください。
# $count (Number) - days
admin-retention-warning = { $count }日より古いメッセージは、すべて全員から削除されます。元に戻すことはできません。
admin-retention-title = 古いメッセージを削除しますか？
# $count (Number) - days
admin-retention-question = 保存するとすぐに、{ $count }日より古いメッセージはすべて、サーバーとすべてのコンピューターで全員から削除されます。この操作は取り消せません。
admin-retention-go = 保存して削除
admin-limits = 制限
admin-limits-help = 負荷のかかる操作を行える頻度です。これを超えると、待つように求められます。
admin-limit = 対象
admin-limit-burst = 一度に
admin-limit-minute = その後1分あたり
admin-limit-wrong = 1以上の数字を入力してください。
limit-sign-in-per-account = サインインの試行（アカウントごと）
limit-sign-in-per-address = サインインの試行（ネットワークアドレスごと）
limit-sign-in-per-device = サインインの試行（デバイスごと）
limit-sign-up-per-address = アカウントの作成（ネットワークアドレスごと）
limit-codes-per-account = メールでのコード送信（アカウントごと）
limit-people-search = ユーザーの検索（1人ごと）
limit-invite-links = リンクと招待の作成（1人ごと）
limit-pictures = 画像のアップロード（1人ごと）

admin-invite-new = 新しい招待
admin-invite-make = 招待を作成
admin-invite-good = 有効な招待
admin-invite-none = 現在有効な招待はありません。
# $count (Number), $role (String) - what they become
admin-invite-left = あと{ $count }人、{ $role }として
# $time (String) - until when it is good
admin-invite-revoke = { $time }まで有効な招待を取り消す

## What was done in administering, in sentences. $actor (String) - who did it; $subject (String) - to whom

audit-none = まだ何も行われていません。
# Where it was done by a command where the server runs.
audit-owner = サーバーのコンピューターのオーナー
audit-found = { $actor }がサーバーを開設しました。
# $from and $to (String) - roles
audit-give-role = { $actor }が{ $subject }のロールを{ $from }から{ $to }に変更しました。
audit-deactivate = { $actor }が{ $subject }のアカウントを無効にしました。
audit-deactivate-self = { $actor }が自分のアカウントを無効にしました。
audit-reactivate = { $actor }が{ $subject }のアカウントを有効に戻しました。
audit-reactivate-self = { $actor }がサインインして自分のアカウントを有効に戻しました。
audit-make-reset = { $actor }が、{ $subject }が新しいパスワードを決めるためのコードを作成しました。
audit-sign-out = { $actor }が{ $subject }をすべてのデバイスでサインアウトしました。
audit-two-step = { $actor }が{ $subject }の2段階認証をオフにしました。
# $name (String) - a role
audit-create-role = { $actor }がロール「{ $name }」を作成しました。
audit-change-role = { $actor }がロール「{ $name }」を変更しました。
# $before and $name (String) - what a role was called, and is now
audit-rename-role = { $actor }がロール「{ $before }」を変更し、名前を「{ $name }」にしました。
audit-delete-role = { $actor }がロール「{ $name }」を削除しました。
# $permissions (String)
audit-permissions = 許可する操作: { $permissions }
audit-change-settings = { $actor }がサーバーの設定を変更しました。
# $setting (String), $before and $after (String) - what it said, and says
audit-change = { $setting }: { $after }（変更前: { $before }）
# $role (String), $count (Number) - people
audit-create-invite = { $actor }が{ $count }人分の招待（ロール: { $role }）を作成しました。
audit-revoke-invite = { $actor }が招待を取り消しました。
audit-unknown = { $actor }が、このバージョンのHearthでは表示できない操作を行いました。読むにはHearthを更新してください。
# $burst and $minute (Number)
audit-rate = 一度に{ $burst }回、その後1分あたり{ $minute }回
audit-for-ever = 無期限
# $count (Number)
audit-days = { $count }日
audit-any-domain = すべて
