//! Two-step sign-in as a client has it. What a code is worth is the server's own tests' matter.

use hearth_client::view::{Connection, Phase, Problem};
use hearth_testkit::{Person, Town};
use std::time::{SystemTime, UNIX_EPOCH};
use totp_rs::{Builder, Secret};
use zeroize::Zeroizing;

/// What the app shows, so many times half a minute from now.
fn code(secret: &str, ahead: u64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    Builder::new().with_secret(secret).build().unwrap().generate(now + ahead * 30).to_string()
}

async fn turns_on(person: &Person) -> (String, Vec<String>) {
    let begun = person.client.begin_two_step(person.password()).await.unwrap();
    assert!(begun.qr.size > 20 && begun.qr.path.starts_with('M'));
    let codes = person.client.confirm_two_step(&code(&begun.secret, 0)).await.unwrap();
    (begun.secret, codes)
}

async fn is_on(person: &Person, on: bool) {
    let what = format!("two-step sign-in is on for {}: {on}", person.name);
    person.until(&what, async || person.client.two_step_since().await.unwrap().is_some() == on).await;
}

#[tokio::test]
async fn the_second_step_opens_the_window_and_every_device_knows_that_it_is_on() {
    let town = Town::founded().await;
    let (alice, laptop) = (town.resident("Alice").await, Person::arrives("Alice").await);
    let wrong = alice.client.begin_two_step(Zeroizing::new("not hers".into())).await.map(drop).unwrap_err();
    assert_eq!(wrong.code, "wrong_credentials");
    laptop.signs_in(&town.link()).await;
    laptop.is(Connection::Live).await;
    let (secret, _) = turns_on(&alice).await;
    is_on(&alice, true).await;
    is_on(&laptop, true).await;

    let phone = Person::arrives("Alice").await;
    phone.client.connect(&town.link()).await.unwrap();
    assert_eq!(phone.client.finish_sign_in("123456").await.unwrap_err().code, "sign_in_over", "the first step comes first");
    let refused = phone.client.sign_in("alice", phone.password()).await.unwrap_err();
    assert_eq!(refused.code, "second_step");
    assert!(matches!(phone.client.phase(), Phase::SignIn { .. }));
    assert_eq!(phone.client.finish_sign_in("no code").await.unwrap_err().code, "wrong_code");
    phone.client.finish_sign_in(&code(&secret, 1)).await.unwrap();
    phone.is(Connection::Live).await;
    is_on(&phone, true).await;

    // It is known offline; the rest needs the server, and says so.
    town.wire().cut();
    alice.is(Connection::default()).await;
    is_on(&alice, true).await;
    assert_eq!(alice.client.count_recovery_codes().await.unwrap_err(), Problem::offline());
    assert_eq!(alice.client.turn_off_two_step(alice.password(), "123456").await.unwrap_err(), Problem::offline());
}

#[tokio::test]
async fn another_server_is_not_shown_what_stands_between_the_steps() {
    let (town, other) = (Town::founded().await, Town::founded().await);
    let alice = town.resident("Alice").await;
    let (_, codes) = turns_on(&alice).await;
    let phone = Person::arrives("Alice").await;
    phone.client.connect(&town.link()).await.unwrap();
    assert_eq!(phone.client.sign_in("alice", phone.password()).await.unwrap_err().code, "second_step");
    phone.client.forget_server().await.unwrap();
    phone.client.connect(&other.link()).await.unwrap();
    assert_eq!(phone.client.finish_sign_in(&codes[0]).await.unwrap_err().code, "sign_in_over");
    assert_eq!(alice.client.count_recovery_codes().await.unwrap(), 10, "nobody was asked");
}

#[tokio::test]
async fn recovery_codes_are_counted_renewed_and_end_with_it() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let (_, codes) = turns_on(&alice).await;
    let new = alice.client.renew_recovery_codes(alice.password(), &codes[0]).await.unwrap();
    assert_eq!(alice.client.count_recovery_codes().await.unwrap(), 10);
    assert_eq!(alice.client.turn_off_two_step(alice.password(), &codes[1]).await.unwrap_err().code, "wrong_code");
    alice.client.turn_off_two_step(alice.password(), &new[0].to_lowercase()).await.unwrap();
    is_on(&alice, false).await;
    assert_eq!(alice.client.count_recovery_codes().await.unwrap(), 0);
    let phone = Person::arrives("Alice").await;
    phone.signs_in(&town.link()).await;
}
