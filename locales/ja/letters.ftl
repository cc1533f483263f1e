# Letters that the server sends by mail, each a subject and paragraphs. $server is what the server is called.

letter-code-sign-in-subject = { $server }にサインインするためのコード
letter-code-password-subject = { $server }の新しいパスワードのためのコード
letter-code-subject = { $server }のコード
# The code stands below, in a line of its own.
letter-code-sign-in = { $server }にサインインするには、Hearthに次のコードを入力してください:
letter-code-password = { $server }の新しいパスワードを設定するには、Hearthに次のコードを入力してください:
letter-code-address = { $server }でこのアドレスがあなたのものであることを確認するには、Hearthに次のコードを入力してください:
letter-code-once = コードは{ 15 }分間、1回だけ使えます。{ $server }の関係者がコードを尋ねることは決してありません。
letter-code-not-asked = コードを求めた覚えがない場合は、何もする必要はありません。

letter-email-changed-subject = { $server }のアドレスが変更されました
letter-email-changed = { $server }のアカウントのアドレスが別のものに変更されました。今後、このアドレスにコードは届きません。
letter-email-removed-subject = { $server }のアドレスが削除されました
letter-email-removed = このアドレスは{ $server }のアカウントから削除されました。今後、ここにコードは届かず、パスワードを忘れてもコードで設定し直すことはできません。

letter-password-changed-subject = { $server }のパスワードが変更されました
letter-password-changed = { $server }のアカウントのパスワードが変更され、ほかのデバイスはサインアウトされました。

letter-two-step-on-subject = { $server }の2段階認証がオンになりました
letter-two-step-on = { $server }のアカウントの2段階認証がオンになりました。サインインには認証アプリのコードも必要です。
letter-two-step-on-keep = リカバリーコードは、スマートフォンがなくても取り出せる場所に保管してください。
letter-two-step-off-subject = { $server }の2段階認証がオフになりました
letter-two-step-off = { $server }のアカウントの2段階認証がオフになりました。これからはパスワードだけでサインインできます。

letter-linked-subject = { $server }のアカウントに別のアカウントが連携されました
letter-linked = サインインプロバイダーのアカウントが、{ $server }のあなたのアカウントに連携されました。そこでサインインした人は、あなたのアカウントにも入れます。
letter-unlinked-subject = { $server }のアカウントとの連携が解除されました
letter-unlinked = サインインプロバイダーのアカウントと、{ $server }のあなたのアカウントとの連携が解除されました。今後、そこからは入れません。

letter-recovery-code-subject = { $server }でリカバリーコードが使われました
letter-recovery-code = { $left ->
   *[other] { $server }でリカバリーコードが1つ使われました。残りは{ $left }個です。Hearthの設定で新しいコードを作成できます。
}

# How a letter ends that tells of something which its reader may not have done.
letter-not-you-tell = 心当たりがない場合は、サーバーの所有者に知らせてください。
letter-not-you-forgot = 心当たりがない場合は、Hearthで「パスワードを忘れた場合」を選ぶか、サーバーの所有者に知らせてください。
letter-not-you-password = 心当たりがない場合は、パスワードを変更するか、サーバーの所有者に知らせてください。
letter-not-you-unlink = 心当たりがない場合は、Hearthの設定で連携を解除してパスワードを変更するか、サーバーの所有者に知らせてください。
