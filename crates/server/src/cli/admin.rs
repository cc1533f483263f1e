//! `hearthd admin`: what the people who manage a server do in the app, from the server's computer.

use super::say;
use anyhow::{Context as _, bail, ensure};
use clap::{Subcommand, ValueEnum};
use hearth_protocol::{
    admin::{
        AuditAct, CreateServerInvite, LimitName, ListPeople, PeopleState, PersonListed, Rate, RoleListed, RoleNamed, RoleWanted,
        ServerSettings, SignUpPolicy,
    },
    ids::{RoleId, UserId},
    invite::SignUpLink,
    role::{Permission, Permissions, Role},
    rows::Person,
};
use hearth_server::{Config, EmailPolicy, Installation, connect_link, owner::Owner};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// It may be run while the server runs.
#[derive(Subcommand)]
pub enum Admin {
    /// List accounts by username, or those whom the words fit.
    People {
        /// Words that start usernames, names or addresses.
        words: Vec<String>,
        #[arg(long, value_enum, default_value_t = State::All)]
        state: State,
    },
    /// Give somebody a role: admin, member, guest, or the name of one that was made.
    Role { username: String, role: String },
    /// Sign somebody out and let nobody in to their account, until it is reactivated. Nothing of it is deleted.
    Deactivate { username: String },
    /// Let somebody in again.
    Reactivate { username: String },
    /// Make a code for a new password, to be passed on to its person.
    ResetPassword { username: String },
    /// End all of somebody's sessions.
    SignOut { username: String },
    /// Turn two-step sign-in off for somebody who has lost both their authenticator app and their recovery codes. Be sure that it is them who
    /// asks.
    TurnOffTwoStep { username: String },
    /// The roles, or make, change and delete one.
    Roles {
        #[command(subcommand)]
        command: Option<Roles>,
    },
    /// The settings that hold, or change them.
    Settings {
        #[command(subcommand)]
        command: Option<Settings>,
    },
    /// The invitations to sign up that are good, or make and revoke one.
    Invites {
        #[command(subcommand)]
        command: Option<Invites>,
    },
    /// What was done in administering, the newest last.
    Audit {
        /// How many acts at most.
        #[arg(long, default_value_t = 50)]
        last: usize,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub enum State {
    All,
    Active,
    Deactivated,
}

#[derive(Subcommand)]
pub enum Roles {
    /// Make a role.
    Create {
        name: String,
        /// What it allows: find_people, start_conversations, create_groups, invite_to_server, manage_people, manage_roles,
        /// manage_settings, read_audit_log.
        permissions: Vec<String>,
    },
    /// Change what a role allows, and its name with --name.
    Change {
        role: String,
        #[arg(long)]
        name: Option<String>,
        permissions: Vec<String>,
    },
    /// Delete a role that nobody has.
    Delete { role: String },
}

#[derive(Subcommand)]
pub enum Settings {
    /// Change one: name, sign_up (open, invited, closed), mail_domains (with commas, or none), email (optional, required, off),
    /// password_chars_min, default_role, retention_days (a number, or for_ever), or a limit: limits.NAME with BURST/PER_MINUTE.
    Set { setting: String, value: String },
}

#[derive(Subcommand)]
pub enum Invites {
    /// Make an invitation; its link is told this once.
    Create {
        #[arg(long, default_value = "member")]
        role: String,
        #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(i64).range(1..=90))]
        days: i64,
        /// How many may sign up by it.
        #[arg(long, default_value_t = 1)]
        uses: u32,
    },
    /// Let nobody else sign up by it.
    Revoke { id: String },
}

/// Does what is asked and says what came of it.
pub async fn run(config: Config, command: Admin) -> anyhow::Result<()> {
    let installation = Installation::open(&config).await?;
    let done = perform(&Owner::new(&installation, &config), &config, command).await;
    installation.close().await;
    done
}

async fn perform(owner: &Owner<'_>, config: &Config, command: Admin) -> anyhow::Result<()> {
    match command {
        Admin::People { words, state } => people(owner, &words.join(" "), state).await,
        Admin::Role { username, role } => {
            let (user, role) = (find(owner, &username).await?, find_role(owner, &role).await?);
            owner.give_role(user, role.role).await?;
            say(&format!("{username} has the role {} now.", shown(role.role, &role.name)))
        }
        Admin::Deactivate { username } => {
            owner.deactivate(find(owner, &username).await?).await?;
            say(&format!("{username} is signed out, and nobody can sign in to the account."))
        }
        Admin::Reactivate { username } => {
            owner.reactivate(find(owner, &username).await?).await?;
            say(&format!("{username} can sign in again."))
        }
        Admin::ResetPassword { username } => {
            let made = owner.reset_password(find(owner, &username).await?).await?;
            say(&format!("Code: {}", made.code))?;
            say(&format!("Pass it on to {username}: in the app, \"Forgotten your password?\" takes it until {}.", date(made.expires_at)))
        }
        Admin::SignOut { username } => {
            owner.sign_out(find(owner, &username).await?).await?;
            say(&format!("{username} is signed out everywhere."))
        }
        Admin::TurnOffTwoStep { username } => {
            let off = owner.turn_off_two_step(find(owner, &username).await?).await?;
            ensure!(off, "{username} does not use two-step sign-in.");
            say(&format!("Two-step sign-in is off for {username}: their password alone is enough."))
        }
        Admin::Roles { command } => roles(owner, command).await,
        Admin::Settings { command } => settings(owner, command).await,
        Admin::Invites { command } => invites(owner, config, command).await,
        Admin::Audit { last } => audit(owner, last).await,
    }
}

async fn people(owner: &Owner<'_>, words: &str, state: State) -> anyhow::Result<()> {
    let state = match state {
        State::All => PeopleState::All,
        State::Active => PeopleState::Active,
        State::Deactivated => PeopleState::Deactivated,
    };
    let mut wanted = ListPeople { q: words.to_owned(), state, after: None };
    loop {
        let page = owner.people(&wanted).await?;
        for listed in &page.people {
            say(&line(listed))?;
        }
        wanted.after = page.next;
        if wanted.after.is_none() {
            return say(&format!("{} in all", page.count));
        }
    }
}

fn line(listed: &PersonListed) -> String {
    let PersonListed { person, role, role_name, email, deactivated, devices, .. } = listed;
    let email =
        email.as_ref().map(|email| format!("{}{}", email.address, if email.verified_at.is_some() { "" } else { " (not verified)" }));
    let waits = deactivated.map(|deactivated| format!("deactivated {}", date(deactivated.at)));
    let seen = listed.last_seen.map_or_else(|| "never seen".to_owned(), |at| format!("seen {}", date(at)));
    let parts = [
        Some(person.username.clone()),
        Some(format!("{} {}", person.first_name, person.last_name).trim().to_owned()),
        Some(shown(*role, role_name.as_deref().unwrap_or_default())),
        email,
        Some(counted(*devices, "device", "devices")),
        Some(seen),
        waits,
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("  ·  ")
}

fn counted(count: u32, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

async fn roles(owner: &Owner<'_>, command: Option<Roles>) -> anyhow::Result<()> {
    match command {
        None => {
            for RoleListed { role, name, permissions, people, .. } in owner.roles().await?.roles {
                say(&format!("{}  ·  {}  ·  {permissions}", shown(role, &name), counted(people, "person", "people")))?;
            }
            Ok(())
        }
        Some(Roles::Create { name, permissions }) => {
            owner.create_role(&RoleWanted { name: name.clone(), permissions: parse_permissions(&permissions)? }).await?;
            say(&format!("The role {name} is there. Give it with: hearthd admin role USERNAME \"{name}\""))
        }
        Some(Roles::Change { role, name, permissions }) => {
            let (id, before) = made(owner, &role).await?;
            let wanted = RoleWanted { name: name.unwrap_or(before.name), permissions: parse_permissions(&permissions)? };
            owner.change_role(id, &wanted).await?;
            say(&format!("{} allows now: {}", wanted.name, wanted.permissions))
        }
        Some(Roles::Delete { role }) => {
            owner.delete_role(made(owner, &role).await?.0).await?;
            say(&format!("The role {role} is deleted."))
        }
    }
}

async fn made(owner: &Owner<'_>, name: &str) -> anyhow::Result<(RoleId, RoleListed)> {
    let listed = find_role(owner, name).await?;
    match listed.role {
        Role::Made(id) => Ok((id, listed)),
        _ => bail!("{name} is built in: it stays as it is. Make a role of your own with: hearthd admin roles create NAME PERMISSIONS"),
    }
}

async fn settings(owner: &Owner<'_>, command: Option<Settings>) -> anyhow::Result<()> {
    let seen = owner.settings().await?;
    let seen = match command {
        None => seen,
        Some(Settings::Set { setting, value }) => owner.change_settings(changed(owner, seen.settings, &setting, &value).await?).await?,
    };
    let named = find_role_of(owner, seen.settings.default_role).await?;
    let settings = &seen.settings;
    let kept = settings.retention_days.map_or_else(|| "for_ever".to_owned(), |days| days.to_string());
    let domains = if settings.mail_domains.is_empty() { "none".to_owned() } else { settings.mail_domains.join(",") };
    let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    say(&format!("name = {}", settings.name))?;
    say(&format!("sign_up = {}", word(&serde_json::to_value(settings.sign_up)?)))?;
    say(&format!("mail_domains = {domains}"))?;
    say(&format!("email = {}", word(&serde_json::to_value(settings.email)?)))?;
    say(&format!("password_chars_min = {}", settings.password_chars_min))?;
    say(&format!("default_role = {named}"))?;
    say(&format!("retention_days = {kept}"))?;
    for (name, rate) in &settings.limits {
        say(&format!("limits.{} = {}/{}", word(&serde_json::to_value(name)?), rate.burst, rate.per_minute))?;
    }
    for fixed in seen.fixed {
        say(&format!("({} is said by the command line.)", fixed.as_str()))?;
    }
    Ok(())
}

async fn changed(owner: &Owner<'_>, settings: ServerSettings, setting: &str, value: &str) -> anyhow::Result<ServerSettings> {
    let word = || serde_json::Value::String(value.to_owned());
    let number = || value.parse::<u32>().with_context(|| format!("{value} is no number"));
    let mut settings = settings;
    match setting {
        "name" => settings.name = value.to_owned(),
        "sign_up" => settings.sign_up = serde_json::from_value::<SignUpPolicy>(word()).context("Say open, invited or closed.")?,
        "mail_domains" if value == "none" => settings.mail_domains.clear(),
        "mail_domains" => settings.mail_domains = value.split(',').map(|domain| domain.trim().to_owned()).collect(),
        "email" => settings.email = serde_json::from_value::<EmailPolicy>(word()).context("Say optional, required or off.")?,
        "password_chars_min" => settings.password_chars_min = number()?,
        "default_role" => settings.default_role = find_role(owner, value).await?.role,
        "retention_days" => settings.retention_days = if value == "for_ever" { None } else { Some(number()?) },
        _ => {
            let name = setting.strip_prefix("limits.").with_context(|| format!("There is no setting {setting}."))?;
            let name: LimitName =
                serde_json::from_value(name.into()).with_context(|| format!("There is no limit {name}. See: hearthd admin settings"))?;
            let (burst, per_minute) = value.split_once('/').context("A limit is BURST/PER_MINUTE: 10/6")?;
            settings.limits.insert(name, Rate::new(burst.parse()?, per_minute.parse()?));
        }
    }
    Ok(settings)
}

async fn invites(owner: &Owner<'_>, config: &Config, command: Option<Invites>) -> anyhow::Result<()> {
    match command {
        None => {
            for invite in owner.invites().await?.invites {
                let by = invite.created_by.map_or_else(|| "the owner".to_owned(), |person| person.username);
                let role = find_role_of(owner, invite.role).await?;
                say(&format!("{}  ·  {role}  ·  by {by}  ·  {} left  ·  until {}", invite.id, invite.uses_left, date(invite.expires_at)))?;
            }
            Ok(())
        }
        Some(Invites::Create { role, days, uses }) => {
            let role = find_role(owner, &role).await?.role;
            let made = owner.create_invite(&CreateServerInvite { role, lives_ms: days * DAY_MS, uses }).await?;
            say(&SignUpLink { server: connect_link(config)?, secret: made.secret }.to_string())
        }
        Some(Invites::Revoke { id }) => {
            owner.revoke_invite(id.parse().context("This is not an invitation's id. See: hearthd admin invites")?).await?;
            say("Nobody signs up by it any more.")
        }
    }
}

async fn audit(owner: &Owner<'_>, last: usize) -> anyhow::Result<()> {
    let (mut entries, mut before) = (Vec::new(), None);
    while entries.len() < last {
        let page = owner.audit_log(before).await?;
        entries.extend(page.entries);
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    entries.truncate(last);
    for entry in entries.iter().rev() {
        let by = entry.actor.as_ref().map_or("the owner", called);
        let whom = entry.subject.as_ref().map(|person| format!("  ·  {}", called(person))).unwrap_or_default();
        say(&format!("{}  {}  ·  {by}  ·  {}{whom}", entry.n, date(entry.at), told(&entry.act)))?;
    }
    Ok(())
}

fn called(person: &Person) -> &str {
    if person.is_deleted() { "somebody whose account is deleted" } else { &person.username }
}

fn told(act: &AuditAct) -> String {
    let role = |named: &RoleNamed| shown(named.role, &named.name);
    match act {
        AuditAct::Found => "founded the server".into(),
        AuditAct::GiveRole { from, to } => format!("role {} instead of {}", role(to), role(from)),
        AuditAct::Deactivate => "deactivated".into(),
        AuditAct::Reactivate => "reactivated".into(),
        AuditAct::MakeReset => "made a code for a new password".into(),
        AuditAct::SignOutEverywhere => "signed out everywhere".into(),
        AuditAct::TurnOffTwoStep => "turned two-step sign-in off".into(),
        AuditAct::CreateRole { name, permissions } => format!("made the role {name}: {permissions}"),
        AuditAct::ChangeRole { before, name, permissions } => format!("changed the role {before}: {name}: {permissions}"),
        AuditAct::DeleteRole { name } => format!("deleted the role {name}"),
        AuditAct::ChangeSettings { changes } => {
            let changes: Vec<_> =
                changes.iter().map(|change| format!("{} {} -> {}", change.setting.as_str(), change.from, change.to)).collect();
            format!("changed settings: {}", changes.join(", "))
        }
        AuditAct::CreateInvite { role: named, uses } => format!("made an invitation for {uses} as {}", role(named)),
        AuditAct::RevokeInvite => "revoked an invitation".into(),
        AuditAct::Unknown => "something that this version of Hearth does not know".into(),
    }
}

async fn find(owner: &Owner<'_>, username: &str) -> anyhow::Result<UserId> {
    owner.find(username).await?.with_context(|| format!("There is no account {username}. See: hearthd admin people"))
}

/// By its name, or the word of a built-in one.
async fn find_role(owner: &Owner<'_>, name: &str) -> anyhow::Result<RoleListed> {
    let same = |listed: &RoleListed| shown(listed.role, &listed.name).to_lowercase() == name.to_lowercase();
    let listed = owner.roles().await?.roles.into_iter().find(same);
    listed.with_context(|| format!("There is no role {name}. See: hearthd admin roles"))
}

async fn find_role_of(owner: &Owner<'_>, role: Role) -> anyhow::Result<String> {
    let listed = owner.roles().await?.roles.into_iter().find(|listed| listed.role == role);
    Ok(listed.map_or_else(|| role.to_string(), |listed| shown(listed.role, &listed.name)))
}

fn shown(role: Role, name: &str) -> String {
    if name.is_empty() { role.to_string() } else { name.to_owned() }
}

fn parse_permissions(words: &[String]) -> anyhow::Result<Permissions> {
    words
        .iter()
        .flat_map(|words| words.split(','))
        .map(|word| {
            let known = Permission::EVERY.iter().find(|permission| permission.as_str() == word);
            known.copied().with_context(|| format!("There is no permission {word}. See: hearthd admin roles create --help"))
        })
        .collect()
}

/// UTC, as ISO 8601 writes it.
fn date(at: i64) -> String {
    jiff::Timestamp::from_second(at.div_euclid(1_000)).map(|at| at.to_string()).unwrap_or_default()
}
