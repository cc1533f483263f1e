//! One long day of three people: everything that people do with each other here, through a server that goes away at noon, to a second
//! device in the evening. In the end all windows show the same.

use crate::{
    acts::{chooses_by_menu, focus, is_decided_by, meets, settings, types, waits_for},
    guarded::keeps_its_shape,
    shown::{Line, conversation, for_all, list, texts},
    stage::{seen, signed_up, turn},
};
use anyhow::{Result, ensure};
use hearth_e2e::{Desktop, Hearthd, Person, until};
use thirtyfour::Key;

#[tokio::test]
async fn a_day_of_three_people_ends_with_the_same_in_every_window() {
    let _turn = turn().await;
    let desktop = Desktop::start("day").await.unwrap();
    let outcome = a_day(&desktop).await;
    seen(&desktop, outcome).await;
}

const CHANNEL: &str = "plans";
const FORMATTED: &str = "Bring a lamp, gloves and rope.txt";
const NAMED: &str = "The lamp is yours tonight, @Bob Example";
const CALLED: &str = "The dome is open, @everyone";
const ANSWER: &str = "I do, the long one";
const MEETING: &str = "Meet at nine";
const HIDDEN: &str = "The code of the lock is 4711";
const WICK: &str = "who trims the Wick?";
const LATER: &str = "The key is under the stone";
const NARROW: (u32, u32) = (420, 800);

struct Day<'p, 'd> {
    alice: &'p Person<'d>,
    bob: &'p Person<'d>,
    carol: &'p Person<'d>,
}

async fn a_day(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let bob = signed_up(desktop, &server, "bob", None).await?;
    let carol = signed_up(desktop, &server, "carol", None).await?;
    alice.picture("signed-up").await?;
    let day = Day { alice: &alice, bob: &bob, carol: &carol };

    day.meet().await?;
    day.talk().await?;
    day.change_their_minds().await?;
    day.keep_and_pass_on().await?;
    day.find_and_are_told().await?;
    server.stop().await?;
    day.go_on_alone().await?;
    server.start_again(desktop).await?;
    day.are_together_again().await?;

    let mut attic = Person::arrives(desktop, "attic").await?;
    attic.opens_the_app(&[]).await?;
    attic.connects_to(server.link()).await?;
    attic.signs_in_as("alice").await?;
    attic.is("live").await?;
    day.show_the_same(&attic).await?;
    day.look(&attic).await?;

    settings(&attic).await?;
    attic.window()?.click("sign-out").await?;
    attic.window()?.wait("sign-in-page").await?;
    attic.picture("signed-out").await?;
    // Who stays has lost nothing by it.
    alice.is("live").await?;
    alice.opens(CHANNEL).await?;
    alice.sees("Bob, alone").await.map(drop)
}

impl Day<'_, '_> {
    fn all(&self) -> [&Person<'_>; 3] {
        [self.alice, self.bob, self.carol]
    }

    /// A request, its answer, a first message; then a group with a channel.
    async fn meet(&self) -> Result<()> {
        let (hers, his) = (self.alice.window()?, self.bob.window()?);
        hers.click("open-people").await?;
        hers.fill("people-find", "bob").await?;
        hers.click("person-add").await?;
        hers.fill("ask-note", "We met at the lighthouse").await?;
        hers.click("ask-go").await?;
        his.wait("people-badge").await?;
        his.click("open-people").await?;
        self.bob.picture("is-asked").await?;
        his.click("person-accept").await?;
        hers.wait("people-contacts").await?;
        self.alice.picture("knows-bob").await?;
        hers.click("person-write").await?;
        self.alice.says("Hello Bob").await?;
        self.bob.opens("Alice Example").await?;
        self.bob.sees("Hello Bob").await?;
        self.bob.says("Hello Alice").await?;
        self.alice.sees("Hello Alice").await?;
        self.carol.starts_talking_to("alice").await?;
        self.carol.says("Hello from Carol").await?;

        meets(self.alice, "Night walks", CHANNEL, &["bob", "carol"]).await?;
        for person in [self.bob, self.carol] {
            person.opens(CHANNEL).await?;
        }
        self.alice.picture("group").await.map(drop)
    }

    /// Formatting, somebody named, everybody named, an answer and an emoji.
    async fn talk(&self) -> Result<()> {
        let (hers, his, carols) = (self.alice.window()?, self.bob.window()?, self.carol.window()?);
        types(self.alice, "Bring **a lamp**, *gloves* and `rope.txt`", FORMATTED).await?;
        hers.fill("composer", "The lamp is yours tonight, @b").await?;
        hers.wait("name-option").await?;
        hers.press("composer", Key::Enter).await?;
        hers.wait_gone("names").await?;
        hers.press("composer", Key::Enter).await?;
        self.alice.sees_own(NAMED, "sent").await?;
        hers.fill("composer", "The dome is open, @every").await?;
        hers.wait("name-option").await?;
        hers.press("composer", Key::Enter).await?;
        hers.wait_gone("names").await?;
        hers.press("composer", Key::Enter).await?;
        self.alice.sees_own(CALLED, "sent").await?;
        for person in [self.bob, self.carol] {
            for text in [FORMATTED, NAMED, CALLED] {
                person.sees(text).await?;
            }
        }

        focus(his, CALLED).await?;
        his.type_keys("r").await?;
        his.wait("reply-bar").await?;
        self.bob.says(ANSWER).await?;
        self.carol.sees(ANSWER).await?;
        focus(carols, ANSWER).await?;
        carols.type_keys("+").await?;
        carols.wait("emoji-picker").await?;
        carols.fill("emoji-search", "comet").await?;
        let first = "return document.querySelector('[data-testid=emoji]')?.dataset.emoji === '☄️';";
        waits_for(carols, "the comet", first).await?;
        carols.press("emoji-search", Key::Enter).await?;
        carols.wait_gone("emoji-picker").await?;
        hers.wait_attribute("reaction", "data-emoji", "☄️").await?;
        self.alice.picture("talked").await?;
        self.bob.picture("talked").await.map(drop)
    }

    /// An edit and what it said before, a message taken back by its author, one put out of one's own sight.
    async fn change_their_minds(&self) -> Result<()> {
        let (hers, his) = (self.alice.window()?, self.bob.window()?);
        self.alice.says("Meet at nien").await?;
        self.alice.sees_own("Meet at nien", "sent").await?;
        hers.press("composer", Key::Up).await?;
        hers.fill("edit-text", MEETING).await?;
        hers.press("edit-text", Key::Enter).await?;
        hers.wait_gone("edit-text").await?;
        self.bob.sees(MEETING).await?;
        his.click("message-edited").await?;
        waits_for(his, "both versions", "return document.querySelectorAll('[data-testid=version-text]').length === 2;").await?;
        self.bob.picture("versions").await?;
        his.type_keys(Key::Escape).await?;
        his.wait_gone("versions").await?;

        self.alice.says("Wrong place").await?;
        self.bob.sees("Wrong place").await?;
        focus(hers, "Wrong place").await?;
        hers.type_keys(Key::Delete).await?;
        hers.click("delete-go").await?;
        hers.wait_gone("delete-question").await?;
        until("it is gone for Bob", || async { Ok((self.bob.count("Wrong place").await? == 0).then_some(())) }).await?;

        self.carol.says(HIDDEN).await?;
        self.bob.sees(HIDDEN).await?;
        focus(his, HIDDEN).await?;
        his.type_keys(Key::Delete).await?;
        until("Bob does not see it", || async { Ok((self.bob.count(HIDDEN).await? == 0).then_some(())) }).await?;
        self.bob.picture("hidden").await.map(drop)
    }

    /// A star, a pin, a message passed on, one for later.
    async fn keep_and_pass_on(&self) -> Result<()> {
        let (hers, his, carols) = (self.alice.window()?, self.bob.window()?, self.carol.window()?);
        focus(hers, MEETING).await?;
        hers.type_keys("s").await?;
        hers.wait("message-starred").await?;
        chooses_by_menu(hers, MEETING, "menu-message-pin").await?;
        for window in [hers, his, carols] {
            window.wait("pin-bar").await?;
        }
        self.carol.picture("pinned").await?;

        focus(carols, MEETING).await?;
        carols.type_keys("f").await?;
        carols.wait("forward").await?;
        carols.fill("forward-query", "alice").await?;
        carols.press("forward-query", Key::Enter).await?;
        let ticked = "return document.querySelector('[data-testid=forward-place] input')?.checked === true;";
        waits_for(carols, "Alice is ticked", ticked).await?;
        self.carol.picture("forwards").await?;
        carols.click("forward-go").await?;
        carols.wait_gone("forward").await?;
        self.alice.opens("Carol Example").await?;
        self.alice.sees(MEETING).await?;
        hers.wait("message-forwarded").await?;

        self.alice.opens("Bob Example").await?;
        hers.fill("composer", LATER).await?;
        hers.press("composer", Key::Control + Key::Shift + Key::Enter).await?;
        hers.wait("later-menu").await?;
        hers.click("later-hour").await?;
        hers.wait("scheduled-bar").await?;
        hers.click("open-scheduled").await?;
        hers.wait("scheduled-line").await?;
        self.alice.picture("scheduled").await?;
        hers.click("scheduled-send").await?;
        self.bob.opens("Alice Example").await?;
        self.bob.sees(LATER).await?;
        hers.wait_gone("scheduled-line").await
    }

    /// Filters, a conversation that is muted, a word of one's own, and being left alone.
    async fn find_and_are_told(&self) -> Result<()> {
        let (hers, his, carols) = (self.alice.window()?, self.bob.window()?, self.carol.window()?);
        self.carol.finds("from:alice lamp ", "The lamp is yours").await?;
        let hits = carols.texts("search-hit").await?;
        ensure!(hits.len() == 2 && hits.iter().all(|hit| hit.contains("lamp")), "{hits:?}");
        self.carol.picture("found").await?;
        self.carol.leaves_the_search().await?;
        self.carol.opens("Alice Example").await?;
        carols.press("conversation-more", Key::Enter).await?;
        carols.wait("conversation-menu").await?;
        carols.press("menu-mute", Key::Enter).await?;
        carols.wait("row-muted").await?;
        self.carol.picture("muted").await?;

        self.bob.opens(CHANNEL).await?;
        his.press("conversation-more", Key::Enter).await?;
        his.wait("conversation-menu").await?;
        his.click_where("menu-level", "data-level", "mentions").await?;
        his.wait_gone("conversation-menu").await?;
        settings(self.bob).await?;
        his.fill("keyword", "wick").await?;
        his.press("keyword", Key::Enter).await?;
        his.wait("keyword-kept").await?;
        self.carol.opens(CHANNEL).await?;
        self.carol.says(WICK).await?;
        self.carol.sees_own(WICK, "sent").await?;
        his.type_keys(Key::Escape).await?;
        his.wait_gone("settings-page").await?;
        self.bob.opens(CHANNEL).await?;
        self.bob.sees(WICK).await?;
        is_decided_by(his, WICK, "keyword").await?;
        self.bob.picture("why").await?;
        his.type_keys(Key::Escape).await?;
        his.wait_gone("why").await?;

        settings(self.alice).await?;
        hers.choose("set-quiet", "for_ever").await?;
        hers.wait("undisturbed").await?;
        self.alice.picture("undisturbed").await?;
        hers.choose("set-quiet", "off").await?;
        hers.wait_gone("undisturbed").await?;
        hers.type_keys(Key::Escape).await?;
        hers.wait_gone("settings-page").await
    }

    /// No server: everybody reads what there was, and goes on.
    async fn go_on_alone(&self) -> Result<()> {
        for (person, name) in self.all().into_iter().zip(["Alice", "Bob", "Carol"]) {
            person.is("offline").await?;
            person.opens(CHANNEL).await?;
            person.sees(NAMED).await?;
            for text in [format!("{name}, alone"), format!("{name}, still alone")] {
                person.says(&text).await?;
                person.sees_own(&text, "queued").await?;
            }
        }
        let hers = self.alice.window()?;
        chooses_by_menu(hers, FORMATTED, "menu-star").await?;
        focus(self.bob.window()?, WICK).await?;
        self.bob.window()?.type_keys("r").await?;
        self.bob.window()?.wait("reply-bar").await?;
        self.bob.says("I do").await?;
        hers.wait("outbox-count").await?;
        self.alice.picture("alone").await?;
        self.bob.picture("alone").await.map(drop)
    }

    /// Everything arrives, once, and what one of them said in the order in which it was said.
    async fn are_together_again(&self) -> Result<()> {
        for person in self.all() {
            person.is("live").await?;
            for text in ["Alice, still alone", "Bob, still alone", "Carol, still alone", "I do"] {
                person.sees(text).await?;
            }
            person.window()?.wait_gone("outbox-count").await?;
        }
        self.alice.picture("together").await.map(drop)
    }

    /// Every window shows the same lines of the same conversations, but for what is its own person's alone.
    async fn show_the_same(&self, attic: &Person<'_>) -> Result<()> {
        for person in self.all().into_iter().chain([attic]) {
            person.opens(CHANNEL).await?;
            person.sees("I do").await?;
        }
        let hers = conversation(self.alice, CHANNEL).await?;
        for name in ["Alice", "Bob", "Carol"] {
            let said = [format!("{name}, alone"), format!("{name}, still alone")];
            let own: Vec<&str> = texts(&hers).into_iter().filter(|text| said.iter().any(|one| one == text)).collect();
            ensure!(own == said, "{name} said {said:?}, and this came of it: {own:?}");
        }
        for once in [FORMATTED, NAMED, CALLED, ANSWER, MEETING, HIDDEN, WICK, "I do"] {
            ensure!(texts(&hers).iter().filter(|text| **text == once).count() == 1, "{once:?} is not there once: {hers:#?}");
        }
        same("Carol", &conversation(self.carol, CHANNEL).await?, &hers)?;
        let his = conversation(self.bob, CHANNEL).await?;
        let without: Vec<Line> = hers.iter().filter(|line| line.text != HIDDEN).cloned().collect();
        same("Bob", &his, &without)?;
        let direct = conversation(self.alice, "Bob Example").await?;
        ensure!(texts(&direct) == ["Hello Bob", "Hello Alice", LATER], "{direct:#?}");
        same("Bob, of two", &conversation(self.bob, "Alice Example").await?, &direct)?;
        let with_carol = conversation(self.alice, "Carol Example").await?;
        same("Carol, of two", &conversation(self.carol, "Alice Example").await?, &with_carol)?;

        // On her other device she has all of it, with what is hers alone.
        for (name, lines) in [(CHANNEL, &hers), ("Bob Example", &direct), ("Carol Example", &with_carol)] {
            let there = conversation(attic, name).await?;
            ensure!(there == *lines, "{name} in the attic: {there:#?}\nis not {lines:#?}");
        }
        until("the same list in the attic", || async {
            Ok((list(attic.window()?).await? == list(self.alice.window()?).await?).then_some(()))
        })
        .await?;
        attic.picture("second-device").await.map(drop)
    }

    /// Light, dark, and as narrow as it gets.
    async fn look(&self, attic: &Person<'_>) -> Result<()> {
        let window = attic.window()?;
        attic.opens(CHANNEL).await?;
        for theme in ["light", "dark"] {
            settings(attic).await?;
            // The radio itself is out of sight; its label is what is pressed.
            window.run::<()>(&format!("document.querySelector('[data-testid=theme-{theme}]').click();")).await?;
            let chosen = format!("return document.querySelector('[data-testid=theme-{theme}]').checked;");
            waits_for(window, theme, &chosen).await?;
            attic.picture(&format!("settings-{theme}")).await?;
            keeps_its_shape(window, &format!("settings, {theme}")).await?;
            window.type_keys(Key::Escape).await?;
            window.wait_gone("settings-page").await?;
            attic.opens(CHANNEL).await?;
            keeps_its_shape(window, theme).await?;
            attic.picture(theme).await?;
        }
        window.resize(NARROW).await?;
        waits_for(window, "a narrow window", "return innerWidth < 500;").await?;
        attic.picture("narrow").await?;
        keeps_its_shape(window, "narrow").await?;
        window.resize((1200, 800)).await?;
        waits_for(window, "a wide window again", "return innerWidth > 1000;").await
    }
}

fn same(who: &str, found: &[Line], expected: &[Line]) -> Result<()> {
    ensure!(for_all(found) == for_all(expected), "{who}: {found:#?}\nis not {expected:#?}");
    Ok(())
}
