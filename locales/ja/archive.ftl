# README.html in the archive of everything of one's own. What stands between ` ` is typed as it is: names of files and fields.

readme-title = Hearthにあるあなたのすべて
readme-what = このアーカイブには、Hearthサーバーにあるあなたのものと、作成した時点でそこで読めたものが入っています。どれもHearthなしで読めます。ファイルは`JSON`、メッセージは`JSON Lines`（1行に1つの`JSON`値）です。時刻はサーバーの時計による、{ $epoch }年の初め（`UTC`）からのミリ秒で、識別子は`UUID`です。
readme-care = あなたのコンピューターのHearthは、ほかの誰も見ることができませんでした。このファイルは、手にした人なら誰でも見ることができます。手紙をしまう場所に保管してください。

# The table: a file, and what is in it.
readme-file = ファイル
readme-holds = 内容
readme-manifest = いつ、何によって、どこから作成されたか、完全かどうか、会話の名前、ほかのすべてのファイルの`SHA-256`
readme-account = あなたのアカウント: 名前、アドレス、ステータス、自己紹介、誰に何が見えるか（`privacy`）
readme-picture = 設定している場合は、あなたの画像
readme-external = サインインに使うアカウントと、パスワードの有無。パスワード、トークン、鍵はこのアーカイブに入っていません
readme-devices = サインインしている、またはしていた場所と、それぞれが最後に接続した時刻
readme-people-known = 連絡先の人やブロックした人（以前の人も含む）
readme-inbox = あなたが送った依頼と受けた依頼、知らせを受けたこと
readme-memberships = 参加している、または参加していた会話とグループ
readme-read = どこまで読んだか
readme-arrangements = ピン留め、アーカイブ、ミュートした会話
readme-hidden = 自分に表示しないようにしたメッセージ（以前のものも含む）
readme-threads = フォローしている、または離れたスレッドと、どこまで読んだか
readme-stars = スターを付けたメッセージ（以前のものも含む）
readme-collections = 作成したコレクション（以前のものも含む）と、その中にある、またはあったメッセージ
readme-scheduled = 予約したメッセージ: 時刻を待っているものは本文とともに、送信済みまたは取りやめたものはその事実だけ
readme-people = ほかの人が自分について知らせていること
readme-group = グループ: `group.json`、`members.json`、`channels.json`
readme-conversation = 会話: `conversation.json`、`members.json`、`messages.jsonl`。`pins.json`はピン留めされている、またはいたもの、`read.json`と`delivered.json`は誰に何が届いたか、`retention.json`は古いメッセージが削除された場合
readme-unsent = これを作成したコンピューターで、入力して送信していないものと、送信を待っているもの
readme-versions = これを作成したコンピューターで調べた、編集前のメッセージの本文
readme-settings = アプリの設定
readme-unknown = 新しいサーバーから届き、このバージョンのアプリでは読めなかったもの

readme-message = `messages.jsonl`の1行が1つのメッセージで、古い順に並びます。`pos`は位置、`sender`は送信者、`from`はその名前、`mine`はあなたのものかどうか、`kind`は種類（`text`は文章、`emoji`は3つまでの絵文字だけ、`link`はリンク1つだけ、`system`は会話に起きたこと）、`body`は本文です。削除されたものは`deleted`で`body`が`null`になり、位置だけが残ります。`revision`は編集の回数、`reactions`は誰がどの絵文字を付けたかです。
readme-left = 退出した会話については、参加していたことだけが入っています。履歴を見られなかった会話は、ここでも見られません。
readme-from-here = サーバーに接続できなかったとき、`manifest.json`には`"from": "this_computer"`と書かれます。そのとき、`complete`でない会話には最大`missing`件のメッセージが足りず、サーバーだけが知るもの（`external_accounts.json`、`devices_seen.json`）は入っていません。
