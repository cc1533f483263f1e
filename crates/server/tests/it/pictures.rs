//! What people look like: who is shown it, what is made of what they send, and what is left of it.

use crate::{
    deletions::delete,
    friends::{block, unblock},
    host::{Database, Host, PASSWORD},
    person::Person,
    profiles::{all, profile},
    socket::Socket,
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    frame::ServerFrame,
    ids::{MediaId, MutationId},
    limits::{ABOUT_CHARS_MAX, PICTURE_BYTES_MAX, PICTURE_LARGE_PX, PICTURE_SMALL_PX},
    mutations::SetAbout,
    profile::PictureTaken,
    rows::RowData,
    stream::StreamId,
};
use hearth_server::Rate;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use reqwest::Response;
use std::{fs, io::Cursor, path::PathBuf};

on_both_databases!(
    a_picture_is_told_and_fetched_by_its_name,
    who_has_blocked_or_is_signed_out_is_answered_as_for_none,
    a_picture_that_was_replaced_is_gone,
    a_deleted_account_leaves_no_picture,
    what_nobody_has_is_swept_away,
    what_is_no_picture_is_refused,
    no_address_leads_out_of_the_folder,
    pictures_are_limited,
    words_about_oneself_are_told_to_those_around,
);

/// A square of one colour, as a PNG.
pub fn png(colour: [u8; 3]) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(RgbImage::from_pixel(600, 600, Rgb(colour))).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

async fn put(person: &Person, image: Vec<u8>) -> Result<MediaId, ApiError> {
    put_at(person, "/v1/account/picture", image).await
}

pub async fn put_at(person: &Person, path: &str, image: Vec<u8>) -> Result<MediaId, ApiError> {
    let url = format!("{}{path}", person.base);
    crate::host::answer::<PictureTaken>(person.http.put(url).bearer_auth(&person.token).body(image)).await.map(|taken| taken.picture)
}

pub async fn show(person: &Person, colour: [u8; 3]) -> MediaId {
    put(person, png(colour)).await.expect("it is taken")
}

pub async fn remove(person: &Person) -> Result<(), ApiError> {
    remove_at(person, "/v1/account/picture").await
}

pub async fn remove_at(person: &Person, path: &str) -> Result<(), ApiError> {
    let url = format!("{}{path}", person.base);
    crate::host::answer::<serde_json::Value>(person.http.delete(url).bearer_auth(&person.token)).await.map(drop)
}

async fn get(person: &Person, path: &str) -> Response {
    person.http.get(format!("{}{path}", person.base)).bearer_auth(&person.token).send().await.unwrap()
}

/// What somebody is answered who asks for a picture: its bytes, or status and body.
pub async fn fetch(person: &Person, picture: MediaId) -> Result<Vec<u8>, (u16, String)> {
    let response = get(person, &format!("/v1/pictures/{picture}")).await;
    let status = response.status().as_u16();
    if status == 200 { Ok(response.bytes().await.unwrap().to_vec()) } else { Err((status, response.text().await.unwrap())) }
}

/// The files in the media folder.
pub fn files(host: &Host) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in fs::read_dir(host.config.data_dir.join("media")).unwrap() {
        files.extend(fs::read_dir(folder.unwrap().path()).unwrap().map(|file| file.unwrap().path()));
    }
    files
}

async fn asked_to_ask(socket: &mut Socket) {
    socket.until(|frame| (frame == ServerFrame::Profiles).then_some(())).await;
}

async fn a_picture_is_told_and_fetched_by_its_name(database: Database) {
    let mut host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    alice.direct(&bob).await;
    let mut socket = bob.socket().await;
    let picture = show(&alice, [200, 30, 30]).await;
    asked_to_ask(&mut socket).await;
    assert_eq!(profile(&bob, &alice).await.unwrap().picture, Some(picture));
    let rows = alice.changes(StreamId::User(alice.user), 0, 100).await.0.rows;
    let account = rows.into_iter().find_map(|row| if let RowData::Account(row) = row.data { Some(row) } else { None }).unwrap();
    assert_eq!(account.picture, Some(picture), "her other devices hear of it");
    drop(socket);
    host.restart().await;
    let bob = bob.at(&host);
    for (query, side) in [("", PICTURE_SMALL_PX), ("?size=small", PICTURE_SMALL_PX), ("?size=large", PICTURE_LARGE_PX)] {
        let response = get(&bob, &format!("/v1/pictures/{picture}{query}")).await;
        let header = |name: &str| response.headers().get(name).unwrap().to_str().unwrap().to_owned();
        assert_eq!((header("content-type").as_str(), header("x-content-type-options").as_str()), ("image/jpeg", "nosniff"));
        assert!(header("cache-control").contains("immutable") && header("cache-control").contains("private"));
        let image = image::load_from_memory(&response.bytes().await.unwrap()).unwrap();
        assert_eq!((image.width(), image.height()), (side, side));
    }
    let strange = get(&bob, &format!("/v1/pictures/{picture}?size=huge")).await;
    assert_eq!(strange.status().as_u16(), 400);
}

/// Who sees it by the setting, the sweep of profiles says.
async fn who_has_blocked_or_is_signed_out_is_answered_as_for_none(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    alice.direct(&bob).await;
    let picture = show(&alice, [30, 200, 30]).await;
    let nothing = fetch(&alice, MediaId::new()).await.unwrap_err();
    assert_eq!(nothing.0, 404);
    for (blocker, blocked) in [(&alice, &bob), (&bob, &alice)] {
        block(blocker, blocked).await;
        assert_eq!(fetch(&bob, picture).await.unwrap_err(), nothing);
        unblock(blocker, blocked).await;
        assert!(fetch(&bob, picture).await.is_ok());
    }
    let out = host.http.get(host.url(&format!("/v1/pictures/{picture}"))).send().await.unwrap();
    assert_eq!(out.status().as_u16(), 401);
}

async fn a_picture_that_was_replaced_is_gone(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    alice.direct(&bob).await;
    let first = show(&alice, [1, 2, 3]).await;
    assert_eq!(files(&host).len(), 2, "a large and a small one");
    let second = show(&alice, [1, 2, 3]).await;
    assert_ne!(first, second, "the same picture once more has a name of its own");
    assert_eq!((fetch(&bob, first).await.unwrap_err().0, fetch(&alice, first).await.unwrap_err().0), (404, 404));
    assert!(fetch(&bob, second).await.is_ok());
    assert_eq!(files(&host).len(), 2);
    remove(&alice).await.unwrap();
    remove(&alice).await.unwrap();
    assert_eq!(profile(&bob, &alice).await.unwrap().picture, None);
    assert_eq!((fetch(&alice, second).await.unwrap_err().0, files(&host)), (404, vec![]));
}

async fn a_deleted_account_leaves_no_picture(database: Database) {
    let host = Host::start(database).await;
    let (_admin, alice, bob) = (host.resident("ada").await, host.resident("alice").await, host.resident("bob").await);
    alice.direct(&bob).await;
    let picture = show(&alice, [1, 2, 3]).await;
    assert!(fetch(&bob, picture).await.is_ok());
    delete(&alice, PASSWORD).await.unwrap();
    assert_eq!((fetch(&bob, picture).await.unwrap_err().0, files(&host)), (404, vec![]));
    assert!(all(&bob).await.iter().all(|profile| profile.user != alice.user));
}

async fn what_nobody_has_is_swept_away(database: Database) {
    let mut host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    alice.direct(&bob).await;
    let picture = show(&alice, [1, 2, 3]).await;
    let mine = files(&host);
    let shard = mine[0].parent().unwrap().to_owned();
    let begins = shard.file_name().unwrap().to_str().unwrap().to_owned();
    // A stop between the file and the database, and one before the file was whole.
    fs::write(shard.join(format!("{begins}{}", "0".repeat(30))), b"left").unwrap();
    fs::write(shard.join(format!("{begins}{}.small", "0".repeat(30))), b"left").unwrap();
    fs::write(shard.with_file_name("new").join("half"), b"ha").unwrap();
    host.restart().await;
    assert_eq!(files(&host).len(), 5, "they may be on their way: the start looks at none that are younger than an hour");
    host.server().sweep_media_now().await.unwrap();
    let mut left = files(&host);
    left.sort();
    let mut mine = mine;
    mine.sort();
    assert_eq!(left, mine);
    assert!(fetch(&bob.at(&host), picture).await.is_ok());
}

async fn what_is_no_picture_is_refused(database: Database) {
    let host = Host::start(database).await;
    let alice = host.resident("alice").await;
    let picture = show(&alice, [1, 2, 3]).await;
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#;
    let mut bomb = png([0, 0, 0]);
    bomb[16..24].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]);
    for image in [svg.to_vec(), b"<html>".to_vec(), bomb, png([9, 9, 9])[..200].to_vec(), vec![]] {
        assert_eq!(put(&alice, image).await.unwrap_err().code, ErrorCode::InvalidPicture);
    }
    assert_eq!(put(&alice, vec![0; PICTURE_BYTES_MAX + 1]).await.unwrap_err().code, ErrorCode::TooLarge);
    assert_eq!(profile(&alice, &alice).await.unwrap().picture, Some(picture), "the one before stays");
    assert_eq!(files(&host).len(), 2);
    // Behind it is what no picture needs; nothing of that comes out again.
    let both = put(&alice, [png([1, 2, 3]), b"<script>alert(1)</script>".to_vec()].concat()).await.unwrap();
    assert!(!fetch(&alice, both).await.unwrap().windows(6).any(|window| window == b"script"));
}

async fn no_address_leads_out_of_the_folder(database: Database) {
    let host = Host::start(database).await;
    let alice = host.resident("alice").await;
    show(&alice, [1, 2, 3]).await;
    let nothing = fetch(&alice, MediaId::new()).await.unwrap_err();
    let key = files(&host)[0].file_name().unwrap().to_str().unwrap().to_owned();
    for name in ["..%2f..%2fepoch", "%2e%2e%2fseal.key", "..%5cseal.key", "CON", "%00", "%2fetc%2fpasswd", key.as_str(), "new"] {
        let response = get(&alice, &format!("/v1/pictures/{name}")).await;
        assert_eq!((response.status().as_u16(), response.text().await.unwrap()), nothing, "{name}");
    }
}

async fn pictures_are_limited(database: Database) {
    let host = Host::start_with(database, |config| config.limits.pictures = Rate { burst: 2, per_minute: 1 }).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    for _ in 0..2 {
        show(&alice, [1, 2, 3]).await;
    }
    let refused = put(&alice, png([1, 2, 3])).await.unwrap_err();
    assert!(refused.code == ErrorCode::RateLimited && refused.retry_after_ms.is_some());
    show(&bob, [1, 2, 3]).await;
}

async fn words_about_oneself_are_told_to_those_around(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    alice.direct(&bob).await;
    let mut socket = bob.socket().await;
    let say = async |text: &str| alice.perform(MutationId::new(), SetAbout { text: text.into() }.into()).await;
    say("  Baker.\nUp at four. ").await.unwrap();
    asked_to_ask(&mut socket).await;
    assert_eq!(profile(&bob, &alice).await.unwrap().about, "Baker.\nUp at four.");
    assert_eq!(profile(&carol, &alice).await, None);
    for text in ["x".repeat(ABOUT_CHARS_MAX + 1), "nul\0".into(), "tab\there".into()] {
        assert_eq!(say(&text).await.unwrap_err().code, ErrorCode::BadRequest);
    }
    say("").await.unwrap();
    assert_eq!(profile(&bob, &alice).await.unwrap().about, "");
}
