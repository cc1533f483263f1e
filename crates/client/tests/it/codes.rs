//! Codes, passwords and addresses as a client has them. What the server mails is its own tests' matter.

use crate::devices::is_signed_out;
use hearth_client::{
    SignUpForm,
    view::{Connection, EmailView, Phase, Problem},
};
use hearth_protocol::code::CodePurpose;
use hearth_testkit::{Person, Town};
use zeroize::Zeroizing;

fn secret(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.into())
}

#[tokio::test]
async fn an_address_is_known_offline_and_what_needs_the_server_says_so() {
    let town = Town::founded().await;
    let alice = Person::arrives("Alice").await;
    let server = alice.client.connect(&town.link()).await.unwrap();
    assert!(!server.accounts.mail, "the page says that codes are printed");
    let form = SignUpForm {
        username: "alice".into(),
        first_name: "Alice".into(),
        last_name: String::new(),
        password: alice.password(),
        email: Some("alice@example.org".into()),
        set_up_code: town.set_up_code(),
        invite: None,
    };
    alice.client.sign_up(form).await.unwrap();
    alice.is(Connection::Live).await;
    let email = Some(EmailView { address: "alice@example.org".into(), verified: false });
    assert_eq!(alice.client.own_email().await.unwrap(), email);
    assert!(!alice.client.resend_email_code().await.unwrap());
    assert_eq!(alice.client.confirm_email(CodePurpose::VerifyEmail, "0000 0000").await.unwrap_err().code, "wrong_code");
    let problem = alice.client.change_email("alice@example.com", secret("not hers")).await.unwrap_err();
    assert_eq!(problem.code, "wrong_credentials");
    town.wire().cut();
    alice.is(Connection::default()).await;
    assert_eq!(alice.client.own_email().await.unwrap(), email);
    for problem in [
        alice.client.change_password(alice.password(), secret("staple battery horse")).await.unwrap_err(),
        alice.client.resend_email_code().await.unwrap_err(),
    ] {
        assert_eq!(problem, Problem::offline());
    }
}

#[tokio::test]
async fn an_address_that_is_removed_is_gone_on_every_device() {
    let town = Town::founded().await;
    let alice = Person::arrives("Alice").await;
    alice.client.connect(&town.link()).await.unwrap();
    let form = SignUpForm {
        username: "alice".into(),
        first_name: "Alice".into(),
        last_name: String::new(),
        password: alice.password(),
        email: Some("alice@example.org".into()),
        set_up_code: town.set_up_code(),
        invite: None,
    };
    alice.client.sign_up(form).await.unwrap();
    let laptop = Person::arrives("Alice").await;
    laptop.signs_in(&town.link()).await;
    laptop.is(Connection::Live).await;
    assert!(laptop.client.own_email().await.unwrap().is_some());
    assert_eq!(alice.client.remove_email(secret("not hers")).await.unwrap_err().code, "wrong_credentials");
    alice.client.remove_email(alice.password()).await.unwrap();
    for device in [&alice, &laptop] {
        device.until("the address is gone", async || device.client.own_email().await.unwrap().is_none()).await;
    }
    town.wire().cut();
    alice.is(Connection::default()).await;
    assert_eq!(alice.client.remove_email(alice.password()).await.unwrap_err(), Problem::offline());
}

#[tokio::test]
async fn changing_the_password_signs_the_other_device_out_and_not_this_one() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let laptop = Person::arrives("Alice").await;
    laptop.signs_in(&town.link()).await;
    laptop.is(Connection::Live).await;
    let weak = alice.client.change_password(alice.password(), secret("alicealice")).await.unwrap_err();
    assert_eq!(weak.code, "weak_password");
    let changed_at = async || alice.client.list_ways_in().await.unwrap().password_changed_at;
    assert_eq!(changed_at().await, None);
    alice.client.change_password(alice.password(), secret("staple battery horse")).await.unwrap();
    assert!(changed_at().await.is_some());
    is_signed_out(&laptop, "Alice's laptop").await;
    alice.says(bob.user(), "I am still here").await;
    bob.sees(bob.direct(alice.user()), "I am still here").await;
}

#[tokio::test]
async fn a_code_that_does_not_fit_says_so_and_nothing_else_happens() {
    let town = Town::founded().await;
    town.resident("Alice").await;
    let mallory = Person::arrives("Mallory").await;
    mallory.client.connect(&town.link()).await.unwrap();
    for username in ["alice", "nobody"] {
        assert!(!mallory.client.ask_code(CodePurpose::ResetPassword, username).await.unwrap());
        let wrong = mallory.client.sign_in_with_code(username, "1234 5678").await.unwrap_err();
        assert_eq!(wrong.code, "wrong_code");
        let reset = mallory.client.reset_password(username, "1234 5678", secret("staple battery horse")).await.unwrap_err();
        assert_eq!(reset, wrong);
    }
    assert!(matches!(mallory.client.phase(), Phase::SignIn { .. }), "still where they were");
}
