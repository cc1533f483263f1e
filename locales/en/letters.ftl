# Letters that the server sends by mail, each a subject and paragraphs. $server is what the server is called.

letter-code-sign-in-subject = Your code to sign in to { $server }
letter-code-password-subject = Your code for a new password on { $server }
letter-code-subject = Your code for { $server }
# The code stands below, in a line of its own.
letter-code-sign-in = Type this code in Hearth to sign in on { $server }:
letter-code-password = Type this code in Hearth to choose a new password on { $server }:
letter-code-address = Type this code in Hearth to show that this address is yours on { $server }:
letter-code-once = It is good once, for { 15 } minutes. Nobody from { $server } will ever ask you for it.
letter-code-not-asked = If you did not ask for a code, you need not do anything.

letter-email-changed-subject = Your address on { $server } was changed
letter-email-changed = The address of your account on { $server } was changed to another one; codes will not come here any more.
letter-email-removed-subject = Your address on { $server } was removed
letter-email-removed = This address was removed from your account on { $server }: codes will not come here any more, and a forgotten password cannot be mended by one.

letter-password-changed-subject = Your password on { $server } was changed
letter-password-changed = The password of your account on { $server } was changed, and your other devices were signed out.

letter-two-step-on-subject = Two-step sign-in on { $server } is on
letter-two-step-on = Two-step sign-in was turned on for your account on { $server }: signing in takes a code of your authenticator app as well.
letter-two-step-on-keep = Keep your recovery codes where you find them without your phone.
letter-two-step-off-subject = Two-step sign-in on { $server } is off
letter-two-step-off = Two-step sign-in was turned off for your account on { $server }: your password alone is enough again.

letter-linked-subject = An account was linked with yours on { $server }
letter-linked = An account at a sign-in provider was linked with your account on { $server }: whoever signs in there gets into yours as well.
letter-unlinked-subject = An account was unlinked from yours on { $server }
letter-unlinked = An account at a sign-in provider was unlinked from your account on { $server }: it does not get in there any more.

letter-recovery-code-subject = A recovery code was used on { $server }
letter-recovery-code = { $left ->
    [one] One of your recovery codes was used on { $server }. { $left } is left; in Hearth's settings you can make new ones.
   *[other] One of your recovery codes was used on { $server }. { $left } are left; in Hearth's settings you can make new ones.
}

# How a letter ends that tells of something which its reader may not have done.
letter-not-you-tell = If it was not you, tell the owner of the server.
letter-not-you-forgot = If it was not you, choose "Forgot your password?" in Hearth, or tell the owner of the server.
letter-not-you-password = If it was not you, change your password, or tell the owner of the server.
letter-not-you-unlink = If it was not you, unlink it in Hearth's settings and change your password, or tell the owner of the server.
