// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/drainchange.h"

#include "drain/plaintext.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace qproxysql {

namespace {

QString textForPeople(const QString &text)
{
    return plainText(text).trimmed();
}

bool isInScope(const DrainEntry &entry, const QString &pool)
{
    return pool.isEmpty() || entry.pool.isEmpty() || entry.pool == pool;
}

/// The one of \a entries, all of one server, that holds in \a pool; empty: in pools that no entry names.
const DrainEntry *holdingIn(const QString &pool, const std::vector<const DrainEntry *> &entries)
{
    const DrainEntry *newest = nullptr;
    for (const DrainEntry *entry : entries) {
        if ((entry->pool.isEmpty() || entry->pool == pool)
            && (!newest || entry->generation > newest->generation
                || (entry->generation == newest->generation && entry->service == Service::Draining)))
            newest = entry;
    }
    return newest;
}

bool isSo(Service service, const QString &pool, const std::vector<const DrainEntry *> &entries)
{
    const auto says = [&](const QString &name) {
        const DrainEntry *entry = holdingIn(name, entries);
        return (entry ? entry->service : Service::InService) == service;
    };
    return says(pool) && std::ranges::all_of(entries, [&](const DrainEntry *entry) {
               return !pool.isEmpty() || says(entry->pool);
           });
}

} // namespace

DrainChange DrainChange::of(const QList<DrainEntry> &entries, const DrainWish &wish, quint64 now)
{
    DrainChange change{.before = entries, .after = entries};
    std::vector<const DrainEntry *> known;
    QStringList names{wish.peer};
    names.append(wish.identities);
    quint64 newest = 0;
    for (const DrainEntry &entry : entries) {
        newest = std::max(newest, entry.generation);
        if (!entry.isOf(wish.peer, wish.identities))
            continue;
        known.push_back(&entry);
        names.append(entry.peer);
        names.append(entry.identities);
        if (isInScope(entry, wish.pool) && entry.generation > change.knownGeneration) {
            change.knownGeneration = entry.generation;
            change.knownBy = entry.requestedBy;
        }
    }
    if (!wish.isDisobeyed && isSo(wish.service, wish.pool, known)) {
        if (const DrainEntry *entry = holdingIn(wish.pool, known))
            change.entry = *entry;
        return change;
    }

    change.isNew = true;
    DrainEntry written;
    written.peer = wish.peer.trimmed();
    written.pool = wish.pool;
    const auto write = [&](DrainEntry &entry) {
        for (const QString &name : std::as_const(names)) {
            if (entry.identities.size() < DrainEntry::MostIdentities
                && foldedPeerName(name) != foldedPeerName(entry.peer)
                && !containsPeerName(entry.identities, name))
                entry.identities.append(name);
        }
        entry.service = wish.service;
        entry.generation = std::max({newest + 1, wish.newestObeyed + 1, now});
        entry.reason = textForPeople(wish.reason);
        entry.requestedBy = textForPeople(wish.requestedBy);
        entry.at = QDateTime::currentDateTimeUtc();
        entry.sessions = wish.sessions;
        change.entry = entry;
    };
    // Under the name by which it is known: who cannot know the identity yet goes by that.
    bool isKnown = false;
    for (DrainEntry &entry : change.after) {
        if (entry.pool == wish.pool && entry.isOf(wish.peer, wish.identities)) {
            isKnown = true;
            write(entry);
        }
    }
    if (!isKnown) {
        write(written);
        change.after.append(written);
    }
    return change;
}

std::optional<DrainRefusal> badRequest(const DrainWish &wish)
{
    const auto refuse = [](const QString &text) {
        return DrainRefusal{DrainRefusal::BadRequest, text};
    };
    const QString peer = wish.peer.trimmed();
    const bool hasControl = std::ranges::any_of(peer, [](QChar c) {
        return c.category() == QChar::Other_Control;
    });
    if (peer.isEmpty() || peer.size() > DrainEntry::LongestName || hasControl)
        return refuse(QCoreApplication::translate("QProxySql",
                                                  "\"%1\" cannot be a peer; allowed is host:port, "
                                                  "localhost:/path/of/socket, or what its server "
                                                  "calls itself")
                              .arg(textForPeople(peer.left(100))));
    const auto isTooLong = [](const QString &name) { return name.size() > DrainEntry::LongestName; };
    if (wish.identities.size() > DrainEntry::MostIdentities || isTooLong(wish.pool)
        || std::ranges::any_of(wish.identities, isTooLong))
        return refuse(
                QCoreApplication::translate("QProxySql",
                                            "the pool or another name of the server is too long, "
                                            "or there are too many names; allowed are %1 names "
                                            "of %2 characters each")
                        .arg(DrainEntry::MostIdentities)
                        .arg(DrainEntry::LongestName));
    if (wish.reason.size() > DrainEntry::LongestText
        || wish.requestedBy.size() > DrainEntry::LongestText)
        return refuse(
                QCoreApplication::translate("QProxySql",
                                            "the reason or the name of the person is too long; "
                                            "allowed are %1 characters each")
                        .arg(DrainEntry::LongestText));
    return {};
}

} // namespace qproxysql
