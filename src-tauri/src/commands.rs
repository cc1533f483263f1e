//! What the page can ask for: each command is a few lines that call the client, named as there.

mod account;
mod admin;
mod archive;
mod codes;
mod collections;
mod conversations;
mod coverage;
mod devices;
mod friends;
mod groups;
mod inbox;
mod links;
mod marked;
mod members;
mod messages;
mod names;
mod outbox;
mod people;
mod profiles;
mod providers;
mod receipts;
mod scheduled;
mod search;
mod server;
mod threads;
mod timeline;
mod two_step;
mod versions;
mod whose;
mod why;
mod window;

pub use names::NAMES;
pub use whose::Account;

use tauri::{Wry, ipc::Invoke};

/// The functions behind the names. Arguments travel in snake case, as they are written here.
pub fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        window::boot,
        window::subscribe,
        server::start_server,
        server::connect,
        server::forget_server,
        account::sign_up,
        account::sign_in,
        account::sign_out,
        account::unlock,
        codes::ask_code,
        codes::sign_in_with_code,
        codes::reset_password,
        codes::change_password,
        account::deactivate_account,
        account::delete_account,
        account::remove_account,
        account::add_account,
        archive::make_archive,
        archive::cancel_archive,
        codes::rate_password,
        codes::get_email,
        codes::change_email,
        codes::remove_email,
        codes::resend_email_code,
        codes::confirm_email,
        providers::list_providers,
        providers::sign_in_by_provider,
        providers::cancel_provider,
        providers::sign_up_by_provider,
        providers::list_ways_in,
        providers::link_provider,
        providers::prove_by_provider,
        providers::unlink_external,
        two_step::finish_sign_in,
        two_step::get_two_step,
        two_step::begin_two_step,
        two_step::confirm_two_step,
        two_step::turn_off_two_step,
        two_step::renew_recovery_codes,
        two_step::count_recovery_codes,
        conversations::list_conversations,
        conversations::list_sections,
        conversations::arrange_conversation,
        members::list_members,
        members::edit_conversation,
        members::set_conversation_picture,
        members::remove_conversation_picture,
        members::delete_conversation,
        members::set_shared_history,
        members::add_members,
        members::remove_member,
        members::set_member_role,
        timeline::open_timeline,
        messages::send_message,
        messages::forward_message,
        messages::edit_message,
        messages::delete_message,
        messages::react,
        messages::list_reactions,
        marked::star,
        marked::hide_message,
        marked::list_starred,
        marked::list_starred_in,
        collections::create_collection,
        collections::rename_collection,
        collections::delete_collection,
        collections::collect,
        collections::list_collections,
        collections::list_collected,
        marked::pin_message,
        marked::list_pins,
        threads::open_thread,
        threads::say_in_thread,
        threads::list_threads,
        threads::follow_thread,
        threads::read_thread,
        threads::unread_thread,
        scheduled::schedule_message,
        scheduled::change_scheduled,
        scheduled::cancel_scheduled,
        scheduled::list_scheduled,
        coverage::read_coverage,
        coverage::list_coverage,
        coverage::find_missing,
        coverage::fetch_missing,
        outbox::retry_outbox,
        outbox::discard_outbox,
        outbox::list_outbox,
        timeline::mark_read,
        timeline::mark_unread,
        versions::list_versions,
        why::why_told,
        versions::find_message,
        versions::find_date,
        receipts::list_readers,
        receipts::get_read_receipts,
        receipts::set_read_receipts,
        profiles::list_profiles,
        profiles::get_profile,
        profiles::set_status,
        profiles::set_about,
        profiles::set_name,
        profiles::get_picture,
        profiles::set_picture,
        profiles::remove_picture,
        profiles::set_privacy,
        profiles::set_idle,
        devices::list_devices,
        devices::refresh_devices,
        devices::rename_device,
        devices::sign_out_device,
        devices::sign_out_others,
        inbox::list_inbox,
        inbox::read_notifications,
        friends::list_friends,
        friends::request_friend,
        friends::invite_to_group,
        friends::answer_invitation,
        friends::withdraw_invitation,
        friends::remove_contact,
        friends::block_user,
        friends::unblock_user,
        messages::list_nameable,
        messages::list_nameable_channels,
        messages::look_at_everyone,
        messages::save_draft,
        messages::typing,
        people::search_people,
        people::start_direct,
        groups::list_groups,
        groups::list_group_members,
        groups::create_conversation,
        groups::create_group,
        groups::create_channel,
        groups::add_group_members,
        groups::leave_group,
        groups::edit_group,
        groups::set_group_role,
        groups::hand_over_group,
        groups::remove_group_member,
        groups::delete_group,
        groups::set_group_picture,
        groups::remove_group_picture,
        links::create_invite_link,
        links::list_invite_links,
        links::revoke_invite_link,
        links::look_at_invite,
        links::join_by_link,
        search::search,
        search::search_further,
        search::suggest_filters,
        server::sync_now,
        window::set_settings,
        window::try_notification,
        window::get_autostart,
        window::set_autostart,
        window::set_language,
        window::set_focus,
        window::answer_close,
        window::open_link,
        admin::get_standing,
        admin::admin_people,
        admin::admin_give_role,
        admin::admin_deactivate,
        admin::admin_reactivate,
        admin::admin_sign_out,
        admin::admin_turn_off_two_step,
        admin::admin_reset,
        admin::admin_roles,
        admin::admin_create_role,
        admin::admin_change_role,
        admin::admin_delete_role,
        admin::admin_settings,
        admin::admin_change_settings,
        admin::admin_invites,
        admin::admin_create_invite,
        admin::admin_revoke_invite,
        admin::admin_audit,
    ]
}
