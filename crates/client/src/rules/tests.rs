use super::*;

/// Somebody else's message, of which its reader is told like of every other one.
pub(super) fn plain() -> Facts {
    Facts {
        mine: false,
        blocked: false,
        read: false,
        named: false,
        answered: false,
        keyword: None,
        muted: false,
        level: NotificationLevel::All,
        mentions_break_mute: false,
        shown: NotifyLevel::Text,
        do_not_disturb: false,
        quiet_hours: false,
        idle: false,
        on_screen: false,
    }
}

fn verdict(facts: &Facts) -> (bool, RuleName) {
    let Verdict { told, decided_by, .. } = decide(facts);
    (told, decided_by)
}

#[test]
fn each_rule_decides_where_it_is_the_only_one_to_speak() {
    use RuleName as R;
    let named = Facts { named: true, ..plain() };
    let worded = Facts { keyword: Some("lamp".into()), ..plain() };
    let mentions = NotificationLevel::Mentions;
    let table = [
        (plain(), true, R::Everything),
        (Facts { mine: true, ..plain() }, false, R::Mine),
        (Facts { blocked: true, ..plain() }, false, R::Blocked),
        (Facts { read: true, ..plain() }, false, R::Read),
        (named.clone(), true, R::Mention),
        (Facts { answered: true, ..plain() }, true, R::Reply),
        (worded.clone(), true, R::Keyword),
        (Facts { muted: true, ..plain() }, false, R::Mute),
        (Facts { muted: true, ..named.clone() }, false, R::Mute),
        (Facts { muted: true, mentions_break_mute: true, ..plain() }, false, R::Mute),
        (Facts { muted: true, mentions_break_mute: true, ..named.clone() }, true, R::Mention),
        (Facts { muted: true, mentions_break_mute: true, ..worded.clone() }, true, R::Keyword),
        (Facts { level: NotificationLevel::Nothing, ..named.clone() }, false, R::LevelNothing),
        (Facts { level: NotificationLevel::Nothing, mentions_break_mute: true, ..named.clone() }, false, R::LevelNothing),
        (Facts { level: mentions, ..plain() }, false, R::LevelMentions),
        (Facts { level: mentions, answered: true, ..plain() }, true, R::Reply),
        (Facts { level: mentions, ..worded.clone() }, true, R::Keyword),
        (Facts { level: NotificationLevel::Unknown, ..plain() }, true, R::Everything),
        (Facts { shown: NotifyLevel::Sender, ..plain() }, true, R::Everything),
        (Facts { shown: NotifyLevel::Nothing, ..named.clone() }, false, R::Shown),
        (Facts { do_not_disturb: true, ..named.clone() }, false, R::DoNotDisturb),
        (Facts { quiet_hours: true, ..named }, false, R::QuietHours),
        (Facts { on_screen: true, ..worded }, false, R::Screen),
        (Facts { on_screen: true, idle: true, ..plain() }, true, R::Everything),
        (Facts { idle: true, ..plain() }, true, R::Everything),
    ];
    for (facts, told, decided_by) in table {
        assert_eq!(verdict(&facts), (told, decided_by), "{facts:?}");
    }
}

#[test]
fn what_lets_through_says_so() {
    let facts = Facts { muted: true, mentions_break_mute: true, keyword: Some("lamp".into()), on_screen: true, idle: true, ..plain() };
    let said = |rule| decide(&facts).steps.into_iter().find(|step| step.rule == rule).map(|step| (step.said, step.keyword));
    assert_eq!(said(RuleName::Mute), Some((RuleSaid::LetsThrough, None)));
    assert_eq!(said(RuleName::Keyword), Some((RuleSaid::Speaks, Some("lamp".into()))));
    assert_eq!(said(RuleName::Presence), Some((RuleSaid::LetsThrough, None)));
    assert_eq!(said(RuleName::Everything), Some((RuleSaid::Nothing, None)));
}

fn every_combination() -> impl Iterator<Item = Facts> {
    let levels = [NotificationLevel::All, NotificationLevel::Mentions, NotificationLevel::Nothing, NotificationLevel::Unknown];
    (0_u32..1 << 12).flat_map(move |bits| {
        let bit = move |n: u32| bits & (1 << n) != 0;
        levels.into_iter().map(move |level| Facts {
            mine: bit(0),
            blocked: bit(1),
            read: bit(2),
            named: bit(3),
            answered: bit(4),
            keyword: bit(5).then(|| "lamp".to_owned()),
            muted: bit(6),
            level,
            mentions_break_mute: bit(7),
            shown: if bit(8) { NotifyLevel::Nothing } else { NotifyLevel::Text },
            do_not_disturb: bit(9),
            quiet_hours: bit(9) != bit(10),
            idle: bit(10),
            on_screen: bit(11),
        })
    })
}

/// Against one sentence that says the same.
#[test]
fn every_combination_is_decided_as_the_sentence_says() {
    for facts in every_combination() {
        let wanted = match facts.level {
            NotificationLevel::Nothing => false,
            _ if facts.muted => facts.mentions_break_mute && facts.is_for_me(),
            NotificationLevel::Mentions => facts.is_for_me(),
            NotificationLevel::All | NotificationLevel::Unknown => true,
        };
        let before_me = facts.on_screen && !facts.idle;
        let silent = facts.shown == NotifyLevel::Nothing || facts.do_not_disturb || facts.quiet_hours;
        let told = wanted && !before_me && !silent && !facts.mine && !facts.blocked && !facts.read;
        assert_eq!(decide(&facts).told, told, "{facts:?}");
    }
}

#[test]
fn the_trace_goes_in_order_and_ends_with_who_wants_quiet() {
    for facts in every_combination() {
        let Verdict { told, decided_by, steps } = decide(&facts);
        let asked: Vec<RuleName> = steps.iter().map(|step| step.rule).collect();
        assert_eq!(asked, ORDER[..asked.len()], "{facts:?}");
        let against: Vec<RuleName> = steps.iter().filter(|step| step.said == RuleSaid::Quiet).map(|step| step.rule).collect();
        let decided = steps.iter().find(|step| step.rule == decided_by).map(|step| step.said);
        if told {
            assert_eq!((asked.len(), against.len(), decided), (ORDER.len(), 0, Some(RuleSaid::Speaks)), "{facts:?}");
        } else {
            assert_eq!((against, asked.last()), (vec![decided_by], Some(&decided_by)), "{facts:?}");
        }
    }
}

#[test]
fn nothing_that_is_told_becomes_quiet_by_being_for_me() {
    for facts in every_combination() {
        let named = Facts { named: true, ..facts.clone() };
        assert!(!decide(&facts).told || decide(&named).told, "{facts:?}");
    }
}

#[test]
fn do_not_disturb_ends_by_itself() {
    let on = Settings { do_not_disturb: true, ..Settings::default() };
    let until = Settings { do_not_disturb_until_local: Some(10), ..on.clone() };
    let left_over = Settings { do_not_disturb: false, ..until.clone() };
    assert_eq!(
        [on.is_undisturbed(99), until.is_undisturbed(9), until.is_undisturbed(10), left_over.is_undisturbed(9)],
        [true, true, false, false]
    );
    assert!(is_silent(&Settings { notify: NotifyLevel::Nothing, ..Settings::default() }, 1) && !is_silent(&Settings::default(), 1));
}
