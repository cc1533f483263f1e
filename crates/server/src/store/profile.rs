//! What people tell of themselves, and who shares something with whom.

use super::{StoreError, columns};
use hearth_protocol::{
    Millis,
    ids::{MediaId, UserId},
    profile::{PersonStatus, Privacy, Profile, SeenBy},
    rows::AccountRow,
    rule::{Rule, holds},
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

/// What somebody says of themselves, and who is told.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Said {
    pub status: Option<PersonStatus>,
    pub about: String,
    pub picture: Option<MediaId>,
    pub privacy: Privacy,
    /// Everybody is told that an account waits, and nothing else of it.
    pub deactivated: bool,
}

impl From<&AccountRow> for Said {
    fn from(row: &AccountRow) -> Self {
        let AccountRow { status, about, picture, privacy, deactivated, .. } = row;
        Self { status: status.clone(), about: about.clone(), picture: *picture, privacy: *privacy, deactivated: deactivated.is_some() }
    }
}

impl Said {
    /// As much of it as a viewer is told.
    fn seen(&self, viewer: Viewer) -> Self {
        Self {
            status: self.status.clone().filter(|_| viewer.sees(self.privacy.status)),
            picture: self.picture.filter(|_| viewer.sees(self.privacy.picture)),
            ..self.clone()
        }
    }
}

/// A profile as it is stored, before anything is hidden.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct StoredProfile {
    pub said: Said,
    pub last_seen: Option<Millis>,
    own_ver: u64,
    contacts_ver: u64,
    shown_ver: u64,
}

/// What [`said_at`] reads, of a profile `p`.
macro_rules! said_columns {
    () => {
        "p.status, p.status_until, p.about, p.picture, p.status_to, p.last_seen_to, p.picture_to, p.deactivated"
    };
}
pub(super) use said_columns;

/// What is read of a profile `p`.
macro_rules! profile_columns {
    () => {
        concat!("p.own_ver, p.shown_ver, p.contacts_ver, p.last_seen, ", said_columns!())
    };
}

/// Who looks at a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Viewer {
    Oneself,
    /// Whom its person has as a contact.
    Contact,
    Other,
}

impl Viewer {
    pub fn sees(self, to: SeenBy) -> bool {
        match to {
            _ if self == Self::Oneself || !holds(Rule::ProfilePrivacy) => true,
            SeenBy::Everyone => true,
            SeenBy::Contacts => self == Self::Contact,
            SeenBy::Nobody | SeenBy::Unknown => false,
        }
    }
}

impl StoredProfile {
    /// What a viewer who shares something with this person gets.
    ///
    /// The version moves once more by itself when a status runs out, so nobody has to write anything then.
    pub fn seen(&self, user: UserId, viewer: Viewer, now: Millis) -> Profile {
        let Said { status, about, picture, privacy, deactivated } = self.said.seen(viewer);
        let over = status.as_ref().is_some_and(|status| !status.holds(now));
        let changes = match viewer {
            Viewer::Oneself => self.own_ver,
            Viewer::Contact => self.contacts_ver,
            Viewer::Other => self.shown_ver,
        };
        // Becoming a contact is a change for that viewer alone; where there is nothing to tell there is none.
        let standing = if changes > 0 && viewer == Viewer::Contact { 2 } else { 0 };
        Profile {
            user,
            ver: 4 * changes + standing + u64::from(over),
            status: status.filter(|_| !over),
            last_seen: self.last_seen.filter(|_| viewer.sees(privacy.last_seen)),
            picture,
            about,
            deactivated,
        }
    }
}

/// Whether a viewer sees a difference between what somebody said before and says now. Contacts see each that anybody else does.
pub(crate) fn differs_for(viewer: Viewer, before: &Said, after: &Said) -> bool {
    before.seen(viewer) != after.seen(viewer)
}

/// Writes what an account's row says of the profile, where it says something new.
pub(super) async fn say(connection: &mut AnyConnection, row: &AccountRow) -> Result<(), StoreError> {
    let (before, now) = (find(connection, row.user).await?.unwrap_or_default().said, Said::from(row));
    if before == now {
        return Ok(());
    }
    let differs = |viewer| i64::from(differs_for(viewer, &before, &now));
    let (text, until) = now.status.as_ref().map_or((None, None), |status| (Some(status.text.clone()), status.until));
    sqlx::query(
        "INSERT INTO profile (account, status, status_until, status_to, last_seen_to, picture, picture_to, about, deactivated, own_ver, shown_ver, contacts_ver) \
         VALUES ($1, $2, $3, $4, $5, $8, $9, $10, $11, 1, $6, $7) \
         ON CONFLICT (account) DO UPDATE SET status = excluded.status, status_until = excluded.status_until, \
         status_to = excluded.status_to, last_seen_to = excluded.last_seen_to, picture = excluded.picture, picture_to = excluded.picture_to, \
         about = excluded.about, deactivated = excluded.deactivated, own_ver = profile.own_ver + 1, \
         shown_ver = CASE WHEN excluded.shown_ver = 1 THEN profile.own_ver + 1 ELSE profile.shown_ver END, \
         contacts_ver = CASE WHEN excluded.contacts_ver = 1 THEN profile.own_ver + 1 ELSE profile.contacts_ver END",
    )
    .bind(row.user.as_bytes().to_vec())
    .bind(text)
    .bind(until)
    .bind(now.privacy.status.as_str())
    .bind(now.privacy.last_seen.as_str())
    .bind(differs(Viewer::Other))
    .bind(differs(Viewer::Contact))
    .bind(now.picture.map(|picture| picture.as_bytes().to_vec()))
    .bind(now.privacy.picture.as_str())
    .bind(now.about)
    .bind(i64::from(now.deactivated))
    .execute(connection)
    .await?;
    Ok(())
}

/// The next version once somebody was seen: the time of that, so that a backup which is set back, with no other trace of what it lacks, does
/// not give a version to something else.
macro_rules! seen_ver {
    () => {
        "CASE WHEN profile.own_ver < excluded.last_seen THEN excluded.last_seen ELSE profile.own_ver + 1 END"
    };
}

/// Notes when somebody was connected, unless their account is deleted: a socket of theirs may be open a moment longer.
pub(crate) async fn see(connection: &mut AnyConnection, user: UserId, at: Millis) -> Result<(), StoreError> {
    sqlx::query(concat!(
        "INSERT INTO profile (account, last_seen, own_ver, shown_ver, contacts_ver) ",
        "SELECT id, $2, $2, $2, $2 FROM account WHERE id = $1 AND deleted_at IS NULL ",
        "ON CONFLICT (account) DO UPDATE SET last_seen = excluded.last_seen, own_ver = ",
        seen_ver!(),
        ", shown_ver = CASE WHEN profile.last_seen_to = 'everyone' THEN ",
        seen_ver!(),
        " ELSE profile.shown_ver END, contacts_ver = CASE WHEN profile.last_seen_to IN ('everyone', 'contacts') THEN ",
        seen_ver!(),
        " ELSE profile.contacts_ver END WHERE profile.last_seen IS NULL OR profile.last_seen < excluded.last_seen"
    ))
    .bind(user.as_bytes().to_vec())
    .bind(at)
    .execute(connection)
    .await?;
    Ok(())
}

async fn find(connection: &mut AnyConnection, user: UserId) -> Result<Option<StoredProfile>, StoreError> {
    let row = sqlx::query(concat!("SELECT ", profile_columns!(), " FROM profile p WHERE p.account = $1"))
        .bind(user.as_bytes().to_vec())
        .fetch_optional(connection)
        .await?;
    row.map(|row| read(&row, 0)).transpose()
}

/// Every profile, for who looks after those that are told.
#[cfg(feature = "sim")]
pub(crate) async fn all(connection: &mut AnyConnection) -> Result<Vec<(UserId, StoredProfile)>, StoreError> {
    let rows = sqlx::query(concat!("SELECT p.account, ", profile_columns!(), " FROM profile p")).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((columns::user(row, 0)?, read(row, 1)?))).collect()
}

/// Who shares something with a viewer now: a conversation outside groups, or a group, of whose channels there is nobody else in any; and
/// their contacts. Those of whom one has blocked the other are among them, as the query that uses this leaves them out.
macro_rules! sharing {
    ($person:literal, $others:literal) => {
        concat!(
            "SELECT o.account AS account FROM membership m JOIN conversation c ON c.id = m.conversation AND c.group_id IS NULL ",
            "JOIN member o ON o.conversation = m.conversation AND o.left_at IS NULL WHERE m.account = ",
            $person,
            " AND m.left_at IS NULL ",
            $others,
            " UNION SELECT o.account FROM group_membership m JOIN group_member o ON o.group_id = m.group_id AND o.left_at IS NULL ",
            "WHERE m.account = ",
            $person,
            " AND m.left_at IS NULL ",
            $others,
            " UNION SELECT o.account FROM (SELECT account AS person, other AS account FROM contact WHERE ended_at IS NULL) o WHERE o.person = ",
            $person,
            " ",
            $others,
            " UNION SELECT o.id FROM (SELECT id, id AS account FROM account) o WHERE o.id = ",
            $person,
            " ",
            $others
        )
    };
}

/// Neither of the two has blocked the other.
macro_rules! not_barred {
    ($person:literal) => {
        concat!(
            "NOT EXISTS (SELECT 1 FROM block b WHERE b.account = ",
            $person,
            " AND b.other = s.account AND b.ended_at IS NULL) AND NOT EXISTS (SELECT 1 FROM block b WHERE b.account = s.account AND b.other = ",
            $person,
            " AND b.ended_at IS NULL)"
        )
    };
}

/// The people with whom somebody shares something, themselves included, by their ids, each as what the viewer is to them: the first
/// `limit` after `after`, up to `upto`.
pub(crate) async fn around(
    connection: &mut AnyConnection,
    viewer: UserId,
    (after, upto): (Option<UserId>, Option<UserId>),
    limit: usize,
) -> Result<Vec<(UserId, Viewer, StoredProfile)>, StoreError> {
    let rows = sqlx::query(concat!(
        "SELECT s.account, (SELECT COUNT(*) FROM contact k WHERE k.account = s.account AND k.other = $1 AND k.ended_at IS NULL), ",
        profile_columns!(),
        " FROM (",
        sharing!("$1", "AND o.account > $2 AND o.account <= $3"),
        ") s LEFT JOIN profile p ON p.account = s.account WHERE ",
        not_barred!("$1"),
        " ORDER BY s.account LIMIT $4"
    ))
    .bind(viewer.as_bytes().to_vec())
    // No id is shorter, none is above.
    .bind(after.map_or_else(Vec::new, |after| after.as_bytes().to_vec()))
    .bind(upto.map_or_else(|| vec![u8::MAX; 17], |upto| upto.as_bytes().to_vec()))
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| person_around(viewer, row)).collect()
}

/// One of them, if they are.
pub(crate) async fn one_around(
    connection: &mut AnyConnection,
    viewer: UserId,
    user: UserId,
) -> Result<Option<(Viewer, StoredProfile)>, StoreError> {
    let row = sqlx::query(concat!(
        "SELECT s.account, (SELECT COUNT(*) FROM contact k WHERE k.account = s.account AND k.other = $1 AND k.ended_at IS NULL), ",
        profile_columns!(),
        " FROM (",
        sharing!("$1", "AND o.account = $2"),
        ") s LEFT JOIN profile p ON p.account = s.account WHERE ",
        not_barred!("$1"),
    ))
    .bind(viewer.as_bytes().to_vec())
    .bind(user.as_bytes().to_vec())
    .fetch_optional(connection)
    .await?;
    row.map(|row| person_around(viewer, &row).map(|(_, standing, profile)| (standing, profile))).transpose()
}

fn person_around(viewer: UserId, row: &AnyRow) -> Result<(UserId, Viewer, StoredProfile), StoreError> {
    let (user, contact) = (columns::user(row, 0)?, columns::number(row, 1)? > 0);
    // Who has never said anything and was never connected has no profile: its columns are empty.
    let profile = if columns::number_or_none(row, 2)?.is_some() { read(row, 2)? } else { StoredProfile::default() };
    let standing = if contact { Viewer::Contact } else { Viewer::Other };
    Ok((user, if user == viewer { Viewer::Oneself } else { standing }, profile))
}

/// Everybody with whom somebody shares something, themselves included.
pub(crate) async fn everybody_around(connection: &mut AnyConnection, user: UserId) -> Result<Vec<UserId>, StoreError> {
    let sql = concat!("SELECT s.account FROM (", sharing!("$1", ""), ") s WHERE ", not_barred!("$1"));
    let rows = sqlx::query(sql).bind(user.as_bytes().to_vec()).fetch_all(connection).await?;
    rows.iter().map(|row| columns::user(row, 0)).collect()
}

/// Reads [`profile_columns`].
fn read(row: &AnyRow, first: usize) -> Result<StoredProfile, StoreError> {
    Ok(StoredProfile {
        own_ver: columns::number(row, first)?,
        shown_ver: columns::number(row, first + 1)?,
        contacts_ver: columns::number(row, first + 2)?,
        last_seen: row.try_get(first + 3)?,
        said: said_at(row, first + 4)?,
    })
}

/// Reads [`said_columns`]; without a profile nothing is said, to everybody.
pub(super) fn said_at(row: &AnyRow, first: usize) -> Result<Said, StoreError> {
    let (text, until): (Option<String>, Option<Millis>) = (row.try_get(first)?, row.try_get(first + 1)?);
    let about: Option<String> = row.try_get(first + 2)?;
    let seen_by =
        |column| Ok::<_, StoreError>(row.try_get::<Option<String>, _>(column)?.map_or(SeenBy::Everyone, |word| SeenBy::parse(&word)));
    Ok(Said {
        status: text.map(|text| PersonStatus { text, until }),
        about: about.unwrap_or_default(),
        picture: columns::media_or_none(row, first + 3)?,
        privacy: Privacy { status: seen_by(first + 4)?, last_seen: seen_by(first + 5)?, picture: seen_by(first + 6)? },
        deactivated: row.try_get::<Option<i64>, _>(first + 7)?.unwrap_or_default() != 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_neither_shows_nor_moves_the_version() {
        let user = UserId::new();
        let status = Some(PersonStatus { text: "away".into(), until: Some(100) });
        let picture = Some(MediaId::new());
        let said = |privacy| Said { status: status.clone(), about: "baker".into(), picture, privacy, deactivated: false };
        let open = StoredProfile { said: said(Privacy::default()), last_seen: Some(7), own_ver: 5, contacts_ver: 4, shown_ver: 3 };
        let told = open.seen(user, Viewer::Other, 50);
        assert_eq!((told.ver, &told.status, told.last_seen, told.picture, told.about.as_str()), (12, &status, Some(7), picture, "baker"));
        let late = open.seen(user, Viewer::Other, 100);
        assert_eq!((late.ver, late.status), (13, None), "it ran out, and the version says so");
        let all = |to| said(Privacy { status: to, last_seen: to, picture: to });
        let close = StoredProfile { said: all(SeenBy::Contacts), ..open };
        let told = close.seen(user, Viewer::Contact, 50);
        assert_eq!(
            (told.ver, &told.status, told.last_seen, told.picture),
            (18, &status, Some(7), picture),
            "what contacts see has versions of its own"
        );
        let hidden = StoredProfile { said: all(SeenBy::Nobody), ..close.clone() };
        let strange = StoredProfile { said: all(SeenBy::Unknown), ..close.clone() };
        let cases =
            [(&hidden, Viewer::Other, 12), (&hidden, Viewer::Contact, 18), (&close, Viewer::Other, 12), (&strange, Viewer::Contact, 18)];
        for (profile, viewer, ver) in cases {
            for now in [50, 100] {
                let told = profile.seen(user, viewer, now);
                assert_eq!((told.ver, told.status, told.last_seen, told.picture), (ver, None, None, None));
            }
        }
        let mine = hidden.seen(user, Viewer::Oneself, 50);
        assert_eq!((mine.ver, mine.status, mine.last_seen, mine.picture), (20, status, Some(7), picture));
        let silent = StoredProfile::default().seen(user, Viewer::Contact, 50);
        assert_eq!(silent.ver, 0, "there is nothing to tell a contact either");
    }

    #[test]
    fn others_see_what_becomes_hidden_but_nothing_of_what_is() {
        let status = Some(PersonStatus { text: "away".into(), until: None });
        let face = Some(MediaId::new());
        let to = |to| Privacy { status: to, picture: to, ..Privacy::default() };
        let said = |status, picture, privacy| Said { status, picture, privacy, about: String::new(), deactivated: false };
        let full = |privacy| said(status.clone(), face, privacy);
        let (open, close, shut) = (to(SeenBy::Everyone), to(SeenBy::Contacts), to(SeenBy::Nobody));
        for (before, after, differs) in [
            (full(open), said(None, face, open), true),
            (full(open), said(status.clone(), None, open), true),
            (full(open), full(shut), true),
            (full(shut), said(None, None, shut), false),
            (said(None, None, shut), full(open), true),
            (full(open), full(open), false),
            (full(shut), Said { about: "baker".into(), ..full(shut) }, true),
        ] {
            assert_eq!(differs_for(Viewer::Other, &before, &after), differs, "{before:?} {after:?}");
        }
        for hidden in [said(None, face, close), said(status.clone(), None, close)] {
            assert!(differs_for(Viewer::Contact, &full(close), &hidden) && !differs_for(Viewer::Other, &full(close), &hidden));
        }
    }
}
