//! Links by which people join a group. All of it needs the server; where a link leads is shown before anybody joins.

use super::{Client, Stage, lock, people::full_name, server::needs_server};
use crate::folder::StoredServer;
use crate::view::{InviteLinkView, InviteView, Problem};
use hearth_protocol::{
    ids::{GroupId, InviteLinkId},
    invite::{CreateInviteLink, InviteLink, JoinLink},
    link::{ConnectLink, Trust},
    rows::MemberRole,
};

impl Client {
    /// Makes a link into a group, for so long and so many. The link itself is in the answer and nowhere else.
    ///
    /// # Errors
    /// `offline`; `not_allowed` for who may not.
    pub async fn create_invite_link(&self, group: GroupId, role: MemberRole, lives_ms: i64, uses: u32) -> Result<InviteLinkView, Problem> {
        let server = self.share_link()?;
        let wanted = CreateInviteLink { role, lives_ms, uses };
        let made = self.server()?.create_invite_link(group, &wanted).await.map_err(needs_server)?;
        let link = JoinLink { server, secret: made.secret }.to_string();
        Ok(InviteLinkView { link: Some(link), ..self.link_view(made.link).await? })
    }

    /// A group's links by which somebody could still join, the newest first.
    ///
    /// # Errors
    /// `offline`.
    pub async fn list_invite_links(&self, group: GroupId) -> Result<Vec<InviteLinkView>, Problem> {
        let mut views = vec![];
        for link in self.server()?.invite_links(group).await.map_err(needs_server)?.links {
            views.push(self.link_view(link).await?);
        }
        Ok(views)
    }

    /// Nobody joins by the link from here on.
    pub async fn revoke_invite_link(&self, id: InviteLinkId) -> Result<(), Problem> {
        self.server()?.revoke_invite_link(id).await.map_err(needs_server)
    }

    /// Where a link leads. Nothing is joined.
    ///
    /// # Errors
    /// `bad_link` for what is none, `other_server` for one that another server made, `wrong_invite_link`, `offline`.
    pub async fn look_at_invite(&self, link: &str) -> Result<InviteView, Problem> {
        let secret = self.secret_of(link)?;
        let found = self.server()?.look_at_link(secret).await.map_err(needs_server)?;
        Ok(InviteView { group: found.group, name: found.name, about: found.about, people: found.people, joined: found.joined })
    }

    /// Joins the group that a link leads to. It is in the list as soon as its rows have come.
    ///
    /// # Errors
    /// As [`Client::look_at_invite`].
    pub async fn join_by_link(&self, link: &str) -> Result<GroupId, Problem> {
        let secret = self.secret_of(link)?;
        Ok(self.server()?.join_by_link(secret).await.map_err(needs_server)?.group)
    }

    /// The secret of a link of my server: another server's is not told to mine.
    fn secret_of(&self, link: &str) -> Result<String, Problem> {
        let link: JoinLink = link.parse()?;
        self.session()?;
        if self.is_on(&link.server) {
            return Ok(link.secret);
        }
        let message =
            format!("This invitation is for another server, {}. Open it with an account there: you can add one.", link.server.authority());
        Err(Problem::new("other_server", message))
    }

    /// Whether a link leads to the server that this account is on.
    pub fn is_on(&self, link: &ConnectLink) -> bool {
        let Some(server) = self.about_server() else { return false };
        [server.link.clone(), self.server_view(&server).connect_link].iter().any(|mine| mine.parse().is_ok_and(|mine| is_same(&mine, link)))
    }

    fn about_server(&self) -> Option<StoredServer> {
        match &*lock(&self.0.stage) {
            Stage::Ready(session) => Some(session.server.clone()),
            Stage::SignIn { server, .. } => Some(server.clone()),
            _ => self.0.folder.server().ok().flatten(),
        }
    }

    /// The link by which others reach my server.
    pub(super) fn share_link(&self) -> Result<ConnectLink, Problem> {
        Ok(self.server_view(&self.session()?.server).connect_link.parse::<ConnectLink>()?)
    }

    async fn link_view(&self, link: InviteLink) -> Result<InviteLinkView, Problem> {
        let session = self.session()?;
        let by = session.checked(session.replica.person(link.created_by).await)?;
        Ok(InviteLinkView {
            id: link.id,
            role: link.role,
            by: by.map(|person| full_name(&person)).unwrap_or_default(),
            expires_at: link.expires_at,
            uses_left: link.uses_left,
            link: None,
        })
    }
}

/// Whether two links are of one server: the same place, or the same certificate of its own making.
fn is_same(a: &ConnectLink, b: &ConnectLink) -> bool {
    matches!((&a.trust, &b.trust), (Trust::Pinned(a), Trust::Pinned(b)) if a == b) || a.authority() == b.authority()
}
