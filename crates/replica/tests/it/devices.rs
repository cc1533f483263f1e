//! My devices: listed while they are signed in, and called what I call them at once.

use crate::support::{mutation, parts, ready};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::DeviceId,
    mutation::{Acked, Outcome},
    mutations::RenameDevice,
    rows::DeviceRow,
};
use hearth_replica::{Apply, Replica};

fn device(name: &str, signed_in_at: i64) -> DeviceRow {
    DeviceRow { id: DeviceId::new(), name: name.into(), platform: "linux".into(), signed_in_at, ended_at: None }
}

async fn names(replica: &Replica) -> Vec<String> {
    replica.devices().await.unwrap().into_iter().map(|device| device.name).collect()
}

#[tokio::test]
async fn devices_are_listed_while_they_are_signed_in() {
    let (replica, mut server) = ready().await;
    let (laptop, phone) = (device("laptop", 1), device("phone", 2));
    for row in [&laptop, &phone] {
        let part = server.user.commit(row.clone());
        assert!(replica.apply(parts(vec![part])).await.unwrap().devices);
    }
    assert_eq!(replica.devices().await.unwrap(), [phone.clone(), laptop.clone()]);
    let ended = server.user.commit(DeviceRow { ended_at: Some(9), ..phone.clone() });
    replica.apply(parts(vec![ended.clone()])).await.unwrap();
    assert_eq!(names(&replica).await, ["laptop"]);
    assert!(!replica.apply(parts(vec![ended])).await.unwrap().devices, "once");
    let back = server.user.commit(DeviceRow { signed_in_at: 10, ..phone });
    replica.apply(parts(vec![back])).await.unwrap();
    assert_eq!(names(&replica).await, ["phone", "laptop"]);
    // A new copy of the stream says the same.
    replica.apply(Apply { resets: vec![server.user.id], ..Apply::default() }).await.unwrap();
    replica.apply(server.everything()).await.unwrap();
    assert_eq!(names(&replica).await, ["phone", "laptop"]);
}

#[tokio::test]
async fn another_name_shows_at_once_and_goes_when_it_is_refused() {
    let (replica, mut server) = ready().await;
    let laptop = device("laptop", 1);
    let part = server.user.commit(laptop.clone());
    replica.apply(parts(vec![part])).await.unwrap();
    let rename = |name: &str| mutation(RenameDevice { device: laptop.id, name: name.into() }.into());
    let (first, second) = (rename(" Kitchen "), rename("Attic"));
    replica.enqueue(&first, 1).await.unwrap();
    assert_eq!(names(&replica).await, ["Kitchen"]);
    replica.enqueue(&second, 2).await.unwrap();
    assert_eq!(names(&replica).await, ["Attic"]);
    replica.claim(3, 10).await.unwrap();
    let applied = Outcome::Applied(vec![server.user.commit(DeviceRow { name: "Kitchen".into(), ..laptop })]);
    let refused = Outcome::Refused(ApiError::new(ErrorCode::InvalidName, "no"));
    let acked = vec![Acked { id: first.id, outcome: applied }, Acked { id: second.id, outcome: refused }];
    assert!(replica.apply(Apply { acked, ..Apply::default() }).await.unwrap().devices);
    assert_eq!(names(&replica).await, ["Kitchen"]);
}
