# Words of the shell: window title, tray, notifications. The page's are in page.ftl.

app-name = Hearth

# The window's title. The profile's name stands there only for a profile other than the default one.
window-title = Hearth
window-title-profile = Hearth – { $profile }
window-title-unread = ({ $unread }) { $title }

# The tray's menu.
tray-open = فتح Hearth
tray-unread = { $count ->
    [0] لا رسائل غير مقروءة
    [zero] لا رسائل غير مقروءة
    [one] رسالة واحدة غير مقروءة
    [two] رسالتان غير مقروءتين
    [few] { $shown } رسائل غير مقروءة
    [many] { $shown } رسالة غير مقروءة
   *[other] { $shown } رسالة غير مقروءة
}
tray-do-not-disturb = عدم الإزعاج
tray-do-not-disturb-on = عدم الإزعاج: مفعّل
# $until (String) - the time of the day, as 17:30
tray-do-not-disturb-until = عدم الإزعاج حتى { $until }
tray-do-not-disturb-half-hour = لمدة نصف ساعة
tray-do-not-disturb-hour = لمدة ساعة
tray-do-not-disturb-tomorrow = حتى الغد
tray-do-not-disturb-for-ever = إلى أن أوقفه
tray-do-not-disturb-off = إيقاف
tray-quit = إنهاء Hearth

# The line in the tray's menu that says how things are. It cannot be clicked.
status-starting = جارٍ البدء…
status-first-run = لم يُعَدّ بعد
status-sign-in = تم تسجيل الخروج
status-locked = مقفل
status-blocked = يحتاج إلى انتباهك
status-live = متصل
status-connecting = جارٍ الاتصال…
status-catching-up = جارٍ جلب ما فاتك…
status-offline = غير متصل
status-offline-waiting = { $waiting ->
    [zero] غير متصل، لا تغييرات في الانتظار
    [one] غير متصل، تغيير واحد في الانتظار
    [two] غير متصل، تغييران في الانتظار
    [few] غير متصل، { $waiting } تغييرات في الانتظار
    [many] غير متصل، { $waiting } تغييرًا في الانتظار
   *[other] غير متصل، { $waiting } تغيير في الانتظار
}
status-failed = { $failed ->
    [zero] لم يُرفض أي تغيير
    [one] رُفض تغيير واحد
    [two] رُفض تغييران
    [few] رُفضت { $failed } تغييرات
    [many] رُفض { $failed } تغييرًا
   *[other] رُفض { $failed } تغيير
}

# Where there are several accounts: the line of the one that needs somebody, one that shares its name with another, and to which one a
# notification is.
status-of-account = { $account }: { $status }
account-on-server = { $name }، { $server }
notify-to = { $title }، إلى { $account }

# What the server lists a computer as that does not tell its name.
device-unnamed = حاسوب مكتبي

# What an embedded server is called, and why it does not run.
server-name = Hearth على { $computer }
server-not-started = لم يبدأ الخادم. { $reason }

# Who wrote something where; in a conversation of two the name alone. With how much is unread where the text of the last is shown.
notice-in-group = { $sender } · { $place }
notice-in-channel = { $sender } · #{ $place }
notice-with-unread = { $from } ({ $unread })
# Where what somebody wrote is not shown.
notice-new-messages = { $unread ->
    [zero] لا رسائل جديدة
    [one] رسالة جديدة
    [two] رسالتان جديدتان
    [few] { $unread } رسائل جديدة
    [many] { $unread } رسالة جديدة
   *[other] { $unread } رسالة جديدة
}

# One for everything that came while away.
notice-summary = { $unread ->
    [zero] لا رسائل جديدة
    [one] رسالة جديدة واحدة
    [two] رسالتان جديدتان
    [few] { $unread } رسائل جديدة
    [many] { $unread } رسالة جديدة
   *[other] { $unread } رسالة جديدة
}
notice-summary-in = { $conversations ->
    [zero] ليست في أي محادثة
    [one] في محادثة واحدة
    [two] في محادثتين
    [few] في { $conversations } محادثات
    [many] في { $conversations } محادثة
   *[other] في { $conversations } محادثة
}

# What stands in the inbox; the title is who it is about.
notice-asks-contact = يطلب أن يكون جهة اتصال لك
notice-asks-group = يدعوك إلى { $group }
notice-is-contact = أصبح جهة اتصال لك
notice-is-in-group = أصبح في { $group }
notice-group-deleted = حذف المالك هذه المجموعة
notice-conversation-deleted = حذف { $name } هذه المحادثة
notice-conversation-deleted-by-somebody = حذف شخص ما هذه المحادثة

# The button of a notification.
notify-open = فتح
# Where the service lets one write into it: the button, what stands in the empty field, and what sends it.
notify-answer = رد
notify-answer-hint = اكتب ردًّا…
notify-answer-send = إرسال

# Somebody tries how they are told.
notice-trial = هكذا يُخبرك Hearth
notice-trial-text = ستبدو الرسائل هكذا، وسيكون هذا صوتها.

# Reasons why the shell refuses something. They reach the page as problems.
link-refused = لا يفتح Hearth إلا عناوين الويب والبريد (https وmailto)، وهذا العنوان ليس منها.
# What the browser shows at the end, where Hearth has sent it to a sign-in provider.
provider-title = Hearth
provider-done = يمكنك إغلاق هذه النافذة والعودة إلى Hearth.
provider-cancelled = ألغيت العملية ولم يتغير شيء. يمكنك إغلاق هذه النافذة والعودة إلى Hearth.
link-failed = لم يفتح أي برنامج على هذا الحاسوب الرابط. انسخ العنوان وافتحه في متصفح.
no-notifications = لا شيء على هذا الحاسوب يعرض الإشعارات. شغّل خدمة الإشعارات في سطح مكتبك ثم حاول مرة أخرى.
no-autostart = لا يسمح هذا الحاسوب لـ Hearth بأن يبدأ معه. أضف Hearth في إعدادات سطح مكتبك.
archive-place = مكان حفظ أرشيفك
archive-kind = أرشيف Zip
