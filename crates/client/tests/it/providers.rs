//! Signing in by a provider as a client has it: the browser is a test's, the provider is real. What is believed is the server's own tests' matter.

use hearth_client::{
    ClosingPage, Errand, Visit,
    view::{Connection, Entrance, NewcomerView, Phase, Problem},
};
use hearth_server::ProviderConfig;
use hearth_testkit::{
    Person, Town,
    provider::{Browser, Provider},
};
use zeroize::Zeroizing;

async fn town() -> (Provider, Town) {
    let provider = Provider::start().await;
    let providers = ProviderConfig::parse_all(&provider.toml("")).unwrap();
    let town = Town::founded_with(|config| config.providers = providers).await;
    (provider, town)
}

fn page() -> ClosingPage {
    let (done, cancelled) = ("You can close this window.".into(), "You have cancelled.".into());
    ClosingPage { title: "Hearth".into(), done, cancelled, ..ClosingPage::default() }
}

async fn goes(person: &Person, errand: Errand) -> Visit {
    person.client.visit_provider("example", errand, page()).await.unwrap()
}

/// Signs in to the provider as `name`, and comes back to the app; what the browser shows then.
async fn browses(visit: &Visit, name: &str) -> String {
    let browser = Browser::default();
    let back = browser.signs_in(visit.url().as_str(), name).await;
    let shown = browser.http.get(back.clone()).send().await.unwrap();
    assert_eq!(shown.status().as_u16(), 200);
    let text = shown.text().await.unwrap();
    // Nobody listens any more, or is about to: the answer is not taken a second time.
    let again = browser.http.get(back).send().await;
    assert!(again.is_err() || again.is_ok_and(|shown| shown.status() == 410));
    text
}

async fn enters(person: &Person, name: &str) -> Result<Entrance, Problem> {
    let visit = goes(person, Errand::SignIn).await;
    assert!(browses(&visit, name).await.contains("You can close this window."));
    person.client.enter_by_provider(visit).await
}

fn newcomer(entrance: Entrance) -> NewcomerView {
    match entrance {
        Entrance::New { person } => person,
        Entrance::In { me } => panic!("they are {}", me.username),
    }
}

#[tokio::test]
async fn somebody_signs_up_by_a_provider_and_comes_back_on_another_computer() {
    let (_provider, town) = town().await;
    let bob = town.resident("Bob").await;
    let elin = Person::arrives("Elin").await;
    elin.client.connect(&town.link()).await.unwrap();
    let providers = elin.client.list_providers().await.unwrap();
    assert_eq!(providers.iter().map(|provider| provider.name.as_str()).collect::<Vec<_>>(), ["Example"]);
    let problem = elin.client.sign_up_by_provider("elin".into(), "Elin".into(), String::new(), (None, None)).await.unwrap_err();
    assert_eq!(problem.code, "sign_in_over", "the provider comes first");
    let new = newcomer(enters(&elin, "elin").await.unwrap());
    assert_eq!((new.username.as_str(), new.known_as), ("elin", None));
    assert!(matches!(elin.client.phase(), Phase::SignIn { .. }));
    let sign_up = async |username: &str| {
        elin.client.sign_up_by_provider(username.into(), "Elin".into(), String::new(), (None, None)).await.map(|me| me.username)
    };
    assert_eq!(sign_up("bob").await.unwrap_err().code, "username_taken");
    assert_eq!(sign_up("elin.s").await.unwrap(), "elin.s");
    elin.is(Connection::Live).await;
    bob.says(elin.user(), "welcome").await;
    elin.sees(elin.direct(bob.user()), "welcome").await;

    let phone = Person::arrives("Elin").await;
    phone.client.connect(&town.link()).await.unwrap();
    assert!(matches!(enters(&phone, "elin").await.unwrap(), Entrance::In { me } if me.username == "elin.s"));
    phone.is(Connection::Live).await;
    phone.sees(phone.direct(bob.user()), "welcome").await;
}

#[tokio::test]
async fn accounts_are_linked_listed_and_unlinked() {
    let (_provider, mut town) = town().await;
    let alice = town.resident("Alice").await;
    let wrong = alice.client.visit_provider("example", Errand::Link(Zeroizing::new("not hers".into())), page()).await;
    assert_eq!(wrong.err().unwrap().code, "wrong_credentials");
    let visit = goes(&alice, Errand::Link(alice.password())).await;
    browses(&visit, "alice.at.work").await;
    alice.client.finish_visit(visit).await.unwrap();
    let ways = alice.client.list_ways_in().await.unwrap();
    assert!(ways.password && ways.providers.len() == 1);
    let [linked] = ways.accounts.as_slice() else { panic!("{ways:?}") };
    assert_eq!((linked.label.as_str(), linked.provider_id.as_deref()), ("alice.at.work@example.org", Some("example")));

    let laptop = Person::arrives("Alice").await;
    laptop.client.connect(&town.link()).await.unwrap();
    assert!(matches!(enters(&laptop, "alice.at.work").await.unwrap(), Entrance::In { me } if me.user == alice.user()));
    alice.client.unlink_external(linked.id).await.unwrap();
    assert!(alice.client.list_ways_in().await.unwrap().accounts.is_empty());

    town.server_stops().await;
    alice.is(Connection::default()).await;
    assert_eq!(alice.client.list_ways_in().await.unwrap_err(), Problem::offline());
    assert_eq!(alice.client.unlink_external(linked.id).await.unwrap_err(), Problem::offline());
}

#[tokio::test]
async fn who_has_no_password_sets_one_by_going_there_once_more() {
    let (_provider, town) = town().await;
    town.resident("Bob").await;
    let elin = Person::arrives("Elin").await;
    elin.client.connect(&town.link()).await.unwrap();
    newcomer(enters(&elin, "elin").await.unwrap());
    elin.client.sign_up_by_provider("elin".into(), "Elin".into(), String::new(), (None, None)).await.unwrap();
    elin.is(Connection::Live).await;
    assert!(!elin.client.list_ways_in().await.unwrap().password);
    let none = Zeroizing::new(String::new());
    assert_eq!(elin.client.change_password(none.clone(), elin.password()).await.unwrap_err().code, "no_password");
    let visit = goes(&elin, Errand::Prove).await;
    browses(&visit, "elin").await;
    elin.client.finish_visit(visit).await.unwrap();
    elin.client.change_password(none, elin.password()).await.unwrap();
    Person::arrives("Elin").await.signs_in(&town.link()).await;
}

#[tokio::test]
async fn a_visit_ends_when_either_side_wants_no_more_of_it() {
    let (_provider, town) = town().await;
    town.resident("Bob").await;
    let elin = Person::arrives("Elin").await;
    elin.client.connect(&town.link()).await.unwrap();
    let code = |result: Result<Entrance, Problem>| result.unwrap_err().code;
    // At the provider.
    let visit = goes(&elin, Errand::SignIn).await;
    let browser = Browser::default();
    let back = browser.cancels(visit.url().as_str()).await;
    let shown = browser.http.get(back).send().await.unwrap().text().await.unwrap();
    assert!(shown.contains("You have cancelled."));
    assert_eq!(code(elin.client.enter_by_provider(visit).await), "provider_cancelled");
    // In the app: nobody listens for the browser then.
    let visit = goes(&elin, Errand::SignIn).await;
    let back = browser.signs_in(visit.url().as_str(), "elin").await;
    let waiting = elin.client.enter_by_provider(visit);
    elin.client.cancel_visit();
    assert_eq!(code(waiting.await), "provider_cancelled");
    elin.until("the port is closed", async || browser.http.get(back.clone()).send().await.is_err()).await;
    // By another one, which is good.
    let old = goes(&elin, Errand::SignIn).await;
    let new = goes(&elin, Errand::SignIn).await;
    assert_eq!(code(elin.client.enter_by_provider(old).await), "provider_cancelled");
    browses(&new, "elin").await;
    newcomer(elin.client.enter_by_provider(new).await.unwrap());
    // The provider is not there at all.
    let (gone, nowhere) = self::town().await;
    drop(gone);
    let alice = Person::arrives("Alice").await;
    alice.client.connect(&nowhere.link()).await.unwrap();
    let refused = alice.client.visit_provider("example", Errand::SignIn, page()).await;
    assert_eq!(refused.err().unwrap().code, "provider_unreachable");
}
