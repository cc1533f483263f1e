#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;

const C: &str = "01890a5d-ac96-774b-bcce-b302099a8057";
const M: &str = "01890a5d-ac96-774b-bcce-b302099a8058";
const SECRET: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN-_9";
const PRINT: &str = "abababababababababababababababababababababababababababababababab";

#[test]
fn the_good_links_navigate() {
    let open = |message: Option<&str>| DeepLink::Open { conversation: C.parse().unwrap(), message: message.map(|m| m.parse().unwrap()) };
    assert_eq!(parse(&format!("hearth://open/{C}")), Ok(open(None)));
    assert_eq!(parse(&format!("hearth://open/{C}/{M}")), Ok(open(Some(M))));
    let link = format!("hearth://connect/chat.example.org:7380#sha256={PRINT}");
    let parsed = parse(&link).unwrap();
    assert_eq!(parsed.update(true), Update::ConnectLink { link, here: true });
    assert!(parse("hearth://connect/127.0.0.1:9000").is_ok());
    let link = format!("hearth://join/chat.example.org:7380/{SECRET}#sha256={PRINT}");
    let server = format!("hearth://connect/chat.example.org:7380#sha256={PRINT}");
    assert_eq!(parse(&link).unwrap().update(false), Update::JoinLink { link, server, here: false });
    let link = format!("hearth://sign-up/chat.example.org:7380/{SECRET}#sha256={PRINT}");
    assert_eq!(parse(&link).unwrap().update(false), Update::ConnectLink { link, here: false });
    let link = format!("hearth://message/chat.example.org:7380/{C}/{M}#sha256={PRINT}");
    assert_eq!(parse(&link).unwrap().update(true), Update::MessageLink { link });
}

#[test]
fn everything_else_is_refused() {
    let upper = C.to_uppercase();
    let plain = C.replace('-', "");
    let refused = [
        "".to_owned(),
        "hearth:".to_owned(),
        "hearth://".to_owned(),
        "hearth:///".to_owned(),
        "HEARTH://open/".to_owned(),
        "hearth://open".to_owned(),
        "hearth://open/".to_owned(),
        format!("hearth://open/{C}/"),
        format!("hearth://open//{C}"),
        format!("hearth://open/{C}/{M}/{M}"),
        format!("hearth://open/{C}?message={M}"),
        format!("hearth://open/{C}#x"),
        format!("hearth://open/{upper}"),
        format!("hearth://open/{plain}"),
        format!("hearth://open/{{{C}}}"),
        format!("hearth://open/urn:uuid:{C}"),
        format!("hearth://open/%30{}", &C[1..]),
        format!("hearth://open/../connect/{C}"),
        format!("hearth://join/{C}"),
        format!("hearth://join/host/{C}"),
        format!("hearth://join/host/{SECRET}x"),
        format!("hearth://join/host/{SECRET}?x=1"),
        format!("hearth://join/user@host/{SECRET}"),
        format!("hearth://join/host/more/{SECRET}"),
        format!("hearth://join//{SECRET}"),
        format!("hearth://join/host/{SECRET}#sha256=12"),
        format!("hearth://sign_up/{C}"),
        format!("hearth://sign-up/{C}"),
        format!("hearth://sign-up/host/{SECRET}?x=1"),
        format!("hearth://message/{C}/{M}"),
        format!("hearth://message/host/{C}"),
        format!("hearth://message/host/{C}/{M}/{M}"),
        format!("hearth://message/host/{upper}/{M}"),
        format!("hearth://message/host/{C}/{M}?x=1"),
        format!("hearth://message/host/{C}/{M}#sha256=12"),
        format!("hearth://message/user@host/{C}/{M}"),
        format!("hearth://message//{C}/{M}"),
        format!("hearth://user@open/{C}"),
        format!("hearth://open:80/{C}"),
        format!("https://open/{C}"),
        format!(" hearth://open/{C}"),
        format!("hearth://open/{C}\n"),
        format!("hearth://open/{C}\0"),
        format!("hearth://open/{C}\u{202e}"),
        "hearth://connect/".to_owned(),
        "hearth://connect//evil".to_owned(),
        "hearth://connect/user@host".to_owned(),
        "hearth://connect/host/path".to_owned(),
        "hearth://connect/host?x=1".to_owned(),
        "hearth://connect/host:0".to_owned(),
        "hearth://connect/host:65536".to_owned(),
        "hearth://connect/host#sha256=12".to_owned(),
        format!("hearth://connect/host#sha1={PRINT}"),
        "hearth://connect/--profile-dir=x y".to_owned(),
        "hearth://connect/javascript:alert(1)".to_owned(),
        "hearth://connect/[::1".to_owned(),
        format!("hearth://connect/{}", "a".repeat(500)),
        "javascript:alert(1)".to_owned(),
        "file:///etc/passwd".to_owned(),
        "--profile-dir=/tmp".to_owned(),
    ];
    for link in refused {
        assert!(parse(&link).is_err(), "{link:?} was followed");
    }
}

/// Good links broken at random: nothing panics, and what is still understood says exactly what was written.
#[test]
fn broken_links_never_mean_something_else() {
    let good = [
        format!("hearth://open/{C}/{M}"),
        format!("hearth://connect/chat.example.org:7380#sha256={PRINT}"),
        format!("hearth://join/chat.example.org:7380/{SECRET}#sha256={PRINT}"),
        format!("hearth://message/chat.example.org:7380/{C}/{M}#sha256={PRINT}"),
    ];
    let spare: Vec<char> = "/:#?%@[]{}.-\\\0\u{202e}ü 0aAfhearth".chars().collect();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(below).unwrap()).unwrap()
    };
    for round in 0..20_000 {
        let mut link: Vec<char> = good[round % good.len()].chars().collect();
        for _ in 0..=next(3) {
            let at = next(link.len());
            match next(3) {
                0 => link[at] = spare[next(spare.len())],
                1 => link.insert(at, spare[next(spare.len())]),
                _ => drop(link.remove(at)),
            }
        }
        let link: String = link.into_iter().collect();
        match parse(&link) {
            Ok(DeepLink::Open { conversation, message }) => {
                let tail = message.map(|message| format!("/{message}")).unwrap_or_default();
                assert_eq!(link, format!("hearth://open/{conversation}{tail}"));
            }
            Ok(DeepLink::Join(join)) => assert!(link.contains(&join.secret) && link.to_lowercase().contains(&join.server.host), "{link}"),
            Ok(DeepLink::SignUp(invitation)) => assert!(link.contains(&invitation.secret), "{link}"),
            Ok(DeepLink::Message(to)) => {
                assert!(
                    link.contains(&format!("/{}/{}", to.conversation, to.message)) && link.to_lowercase().contains(&to.server.host),
                    "{link}"
                );
            }
            Ok(DeepLink::Connect(server)) => assert!(link.to_lowercase().contains(&server.host), "{link}"),
            Err(_) => {}
        }
    }
}
