//! What opens a door here is not to be read from a copy of the database.

use crate::{
    channels::team,
    codes::{ask, verified, with_mail},
    host::{Database, Host, PASSWORD},
    links, two_step,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hearth_protocol::{
    admin::{CreateServerInvite, ResetMade, ServerInviteMade},
    code::CodePurpose,
    role::Role,
    rows::MemberRole,
};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _, Row as _, any::install_default_drivers};
use std::fs;

on_both_databases!(what_opens_a_door_is_in_the_database_as_a_hash_alone);

/// All that the database holds, as whoever copies it reads it.
async fn copied(host: &Host) -> Vec<u8> {
    let Some(url) = &host.config.database_url else {
        let files = ["hearth.db", "hearth.db-wal"].map(|file| fs::read(host.config.data_dir.join(file)).expect("a file"));
        return files.concat();
    };
    install_default_drivers();
    let mut connection = AnyConnection::connect(url).await.unwrap();
    let tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'";
    let mut copy = Vec::new();
    for table in sqlx::query(tables).fetch_all(&mut connection).await.unwrap() {
        let rows = format!("SELECT t::text FROM \"{}\" t", table.get::<String, _>(0));
        for row in sqlx::query(AssertSqlSafe(rows)).fetch_all(&mut connection).await.unwrap() {
            copy.extend_from_slice(row.get::<String, _>(0).as_bytes());
        }
    }
    copy
}

/// The shapes in which somebody could find it: as it is, its bytes, and each as PostgreSQL writes bytes.
fn shapes(secret: &str) -> Vec<Vec<u8>> {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into_bytes();
    let plain = [Some(secret.as_bytes().to_vec()), URL_SAFE_NO_PAD.decode(secret).ok().filter(|bytes| bytes.len() > 8)];
    plain.into_iter().flatten().flat_map(|bytes| [hex(&bytes), bytes]).collect()
}

async fn what_opens_a_door_is_in_the_database_as_a_hash_alone(database: Database) {
    let (host, mut postbox) = with_mail(database).await;
    let ada = verified(&host, &mut postbox, "ada").await;
    let elin = verified(&host, &mut postbox, "elin").await;
    ask(&host, CodePurpose::SignIn, "elin").await.unwrap();
    let mailed = postbox.letter_to("elin@example.org").await.code().replace(' ', "");
    let reset: ResetMade = ada.post(&format!("/v1/admin/people/{}/reset", elin.user), &json!({})).await.unwrap();
    let group = team(&ada, &[]).await;
    let link = links::make(&ada, group, MemberRole::Member, 9).await.unwrap();
    let invite = CreateServerInvite { role: Role::Member, lives_ms: 60_000, uses: 9 };
    let invite: ServerInviteMade = ada.post("/v1/admin/invites", &invite).await.unwrap();
    let phone = two_step::turn_on(&elin).await;
    let copy = copied(&host).await;
    let has = |what: &[u8]| copy.windows(what.len()).any(|window| window == what);
    assert!(has(b"elin@example.org"), "it is looked into");
    // A code has so few digits that whoever has a quick hash of it has the code.
    let quick = [&mailed, &reset.code].map(|code| URL_SAFE_NO_PAD.encode(Sha256::digest(code)));
    let secrets = [
        ("a password", PASSWORD),
        ("a session's token", &elin.token),
        ("a socket's ticket", &ada.ticket().await),
        ("a code that was mailed", &mailed),
        ("a code that was passed on", &reset.code),
        ("a mailed code's hash", &quick[0]),
        ("the other code's hash", &quick[1]),
        ("a link into a group", &link.secret),
        ("an invitation to the server", &invite.secret),
        ("a recovery code", &phone.codes[0]),
    ];
    for (what, secret) in secrets {
        assert!(secret.len() >= 8 && !shapes(secret).iter().any(|shape| has(shape)), "{what} is in the database");
    }
}
