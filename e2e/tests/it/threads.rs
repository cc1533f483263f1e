//! A thread is begun without a server, read and answered on the other side, and stands in the conversation only where somebody wants that.
//! What is said in it is answered and edited there, and whoever follows it finds it in a list, with what they are writing in it, until what
//! it is about is deleted.

use crate::stage::{seen, signed_up, turn};
use anyhow::Result;
use hearth_e2e::{Desktop, Hearthd, Person, Window, until};
use thirtyfour::Key;

const TRIP: &str = "Shall we go to the lake?";
const TRAIN: &str = "By the early train";
const BOAT: &str = "Then all of us by boat";
const CAKE: &str = "And I bring a cake";
const MORE: &str = "And I bring two cakes";
const HALF: &str = "Who has the";

#[tokio::test]
async fn a_thread_is_begun_without_a_server_and_answered() {
    let _turn = turn().await;
    let desktop = Desktop::start("threads").await.unwrap();
    let outcome = thread(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn thread(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let mut alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let bob = signed_up(desktop, &server, "bob", None).await?;
    bob.starts_talking_to("alice").await?;
    bob.says(TRIP).await?;
    bob.sees_own(TRIP, "delivered").await?;
    alice.opens("Bob Example").await?;
    alice.sees(TRIP).await?;
    let (hers, his) = (alice.window()?, bob.window()?);

    server.stop().await?;
    alice.is("offline").await?;
    chosen(hers, TRIP).await?;
    hers.type_keys("t").await?;
    hers.wait("thread-write").await?;
    hers.fill("thread-write", TRAIN).await?;
    hers.click("thread-say").await?;
    said(hers, TRAIN).await?;
    alice.picture("begun-offline").await?;

    server.start_again(desktop).await?;
    bob.is("live").await?;
    his.wait("thread-unread").await?;
    his.wait("thread-line").await?;
    assert_eq!(bob.count(TRAIN).await?, 0, "the conversation does not see it");
    bob.picture("line").await?;
    his.click("thread-line").await?;
    said(his, TRAIN).await?;
    his.click("thread-also").await?;
    his.fill("thread-write", BOAT).await?;
    his.click("thread-say").await?;
    said(his, BOAT).await?;
    bob.picture("thread").await?;
    his.type_keys(Key::Escape).await?;
    his.wait_gone("thread").await?;
    his.wait_gone("thread-unread").await?;
    bob.sees(BOAT).await?;
    said(hers, BOAT).await?;
    alice.picture("answered").await?;

    // She answers him there and gives that another text; he finds it by his list of threads, and leaves the thread in it.
    in_thread(hers, BOAT, "message.focus()").await?;
    hers.type_keys("r").await?;
    hers.wait("reply-bar").await?;
    hers.fill("thread-write", CAKE).await?;
    hers.click("thread-say").await?;
    said(hers, CAKE).await?;
    in_thread(hers, CAKE, "message.focus()").await?;
    hers.type_keys("e").await?;
    hers.wait("edit-text").await?;
    hers.fill("edit-text", MORE).await?;
    hers.click("edit-save").await?;
    said(hers, MORE).await?;
    alice.picture("edited").await?;
    hers.type_keys(Key::Escape).await?;
    hers.wait_gone("thread").await?;
    his.click("open-threads").await?;
    his.wait("threads-page").await?;
    listed(his, "1 new").await?;
    bob.picture("list").await?;
    his.click("followed-open").await?;
    said(his, MORE).await?;
    quotes(his, MORE, BOAT).await?;
    his.type_keys(Key::Escape).await?;
    his.wait_gone("thread").await?;
    his.wait("threads-page").await?;
    his.wait_gone("followed-unread").await?;
    unread(&bob).await?;
    his.click("followed-leave").await?;
    his.wait_gone("followed-line").await?;
    bob.picture("left").await?;

    written(&mut alice).await?;
    // He deletes what it is about: nobody follows it any more.
    bob.opens("Alice Example").await?;
    chosen(his, TRIP).await?;
    his.type_keys(Key::Delete).await?;
    his.click("delete-go").await?;
    alice.window()?.wait_gone("followed-line").await?;
    alice.picture("over").await.map(drop)
}

/// He marks it as unread in the list, and then by a key from a message on, which stays so while he looks. He reads it when he comes back.
async fn unread(bob: &Person<'_>) -> Result<()> {
    let window = bob.window()?;
    window.click("followed-mark-unread").await?;
    listed(window, "1 new").await?;
    bob.picture("unread").await?;
    window.click("followed-open").await?;
    said(window, MORE).await?;
    window.wait_gone("followed-unread").await?;
    in_thread(window, MORE, "message.focus()").await?;
    window.type_keys("u").await?;
    window.wait("followed-unread").await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("thread").await?;
    listed(window, "1 new").await?;
    window.click("followed-open").await?;
    said(window, MORE).await?;
    window.wait_gone("followed-unread").await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("thread").await
}

/// What she is writing in the thread is listed, and there after a restart.
async fn written(alice: &mut Person<'_>) -> Result<()> {
    let window = alice.window()?;
    window.click("open-threads").await?;
    window.click("followed-open").await?;
    window.wait("thread-write").await?;
    window.fill("thread-write", HALF).await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("thread").await?;
    window.wait("followed-draft").await?;
    alice.picture("written").await?;
    alice.app_ends().await?;
    alice.opens_the_app(&[]).await?;
    alice.gets_in().await?;
    alice.is("live").await?;
    let window = alice.window()?;
    window.click("open-threads").await?;
    window.wait("followed-draft").await?;
    window.click("followed-open").await?;
    window.wait("thread-write").await?;
    until("it is there again", || async { Ok((window.value("thread-write").await? == HALF).then_some(())) }).await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("thread").await
}

/// Something is done to a message of the open thread.
async fn in_thread(window: &Window, text: &str, what: &str) -> Result<()> {
    of(window, "[data-testid=thread-messages] [data-testid=message]", text, what).await
}

/// The list of threads has a line that says this.
async fn listed(window: &Window, text: &str) -> Result<()> {
    of(window, "[data-testid=followed-line]", text, "void 0").await
}

/// A message of the open thread quotes another one.
async fn quotes(window: &Window, text: &str, quoted: &str) -> Result<()> {
    let script = format!(
        "return [...document.querySelectorAll('[data-testid=thread-messages] [data-testid=message]')].some((one) =>
             one.textContent.includes({text:?}) && one.querySelector('[data-testid=quote]')?.textContent.includes({quoted:?}))"
    );
    until(&format!("{text:?} quotes {quoted:?}"), || async { Ok(window.run::<bool>(&script).await?.then_some(())) }).await
}

/// The focus is on a message.
async fn chosen(window: &Window, text: &str) -> Result<()> {
    of(window, "[data-testid=message]", text, "message.focus()").await
}

/// The open thread says this.
async fn said(window: &Window, text: &str) -> Result<()> {
    of(window, "[data-testid=thread-messages] [data-testid=message]", text, "void 0").await
}

async fn of(window: &Window, which: &str, text: &str, what: &str) -> Result<()> {
    let script = format!(
        "const message = [...document.querySelectorAll({which:?})].find((one) => one.textContent.includes({text:?}));
         if (message) {what};
         return Boolean(message)"
    );
    until(&format!("{text:?} is there"), || async { Ok(window.run::<bool>(&script).await?.then_some(())) }).await
}
