// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/drainchange.h"

#include "config/coretexts.h"
#include "drain/plaintext.h"

#include <algorithm>

namespace qproxysql {

namespace {

QString textForPeople(const QString &text)
{
    return plainText(text).trimmed();
}

bool isInScope(const DrainRequest &entry, const QString &pool)
{
    return pool.isEmpty() || entry.pool.isEmpty() || entry.pool == pool;
}

/// The one of \a entries, all of one server, that is in force in \a pool; empty: in pools without an entry.
const DrainRequest *holdingIn(const QString &pool, const std::vector<const DrainRequest *> &entries)
{
    const DrainRequest *newest = nullptr;
    for (const DrainRequest *entry : entries) {
        if ((entry->pool.isEmpty() || entry->pool == pool) && (!newest || entry->outranks(*newest)))
            newest = entry;
    }
    return newest;
}

bool isSo(Service service, const QString &pool, const std::vector<const DrainRequest *> &entries)
{
    const auto says = [&](const QString &name) {
        const DrainRequest *entry = holdingIn(name, entries);
        return (entry ? entry->service : Service::InService) == service;
    };
    return says(pool) && std::ranges::all_of(entries, [&](const DrainRequest *entry) {
               return !pool.isEmpty() || says(entry->pool);
           });
}

} // namespace

DrainChange DrainChange::of(const QList<DrainRequest> &entries, const DrainRequest &request,
                            const DrainBasis &basis, quint64 now)
{
    DrainChange change{.before = entries, .after = entries};
    std::vector<const DrainRequest *> known;
    QStringList names{request.peer};
    names.append(request.identities);
    for (const DrainRequest &entry : entries) {
        if (!entry.isOf(request.peer, request.identities))
            continue;
        known.push_back(&entry);
        names.append(entry.peer);
        names.append(entry.identities);
        if (isInScope(entry, request.pool) && entry.generation > change.knownGeneration) {
            change.knownGeneration = entry.generation;
            change.knownBy = entry.requestedBy;
        }
    }
    if (!basis.isDisobeyed && isSo(request.service, request.pool, known)) {
        if (const DrainRequest *entry = holdingIn(request.pool, known))
            change.entry = *entry;
        return change;
    }

    change.isNew = true;
    const quint64 generation = std::max(
            {newestGeneration(entries) + 1, basis.newestObeyed + 1, now});
    const auto write = [&](DrainRequest &entry) {
        for (const QString &name : std::as_const(names)) {
            if (entry.identities.size() < DrainRequest::MostIdentities
                && foldedPeerName(name) != foldedPeerName(entry.peer)
                && !containsPeerName(entry.identities, name))
                entry.identities.append(name);
        }
        entry.service = request.service;
        entry.generation = generation;
        entry.reason = textForPeople(request.reason);
        entry.requestedBy = textForPeople(request.requestedBy);
        entry.at = QDateTime::currentDateTimeUtc();
        entry.sessions = request.sessions;
        entry.isForced = request.isForced;
        entry.via = plainText(request.via, DrainRequest::LongestText).trimmed();
        for (auto it = request.rest.constBegin(); it != request.rest.constEnd(); ++it)
            entry.rest.insert(it.key(), it.value());
        change.entry = entry;
    };
    // Keep the known name: applications that do not know the identity yet match by name.
    bool isKnown = false;
    for (DrainRequest &entry : change.after) {
        if (entry.pool == request.pool && entry.isOf(request.peer, request.identities)) {
            isKnown = true;
            write(entry);
        }
    }
    if (!isKnown) {
        change.after.append({.peer = request.peer.trimmed(), .pool = request.pool});
        write(change.after.last());
    }
    return change;
}

std::optional<DrainRefusal> DrainChange::objection(const DrainRequest &request,
                                                   const DrainBasis &basis, const QString &name,
                                                   qsizetype mostEntries) const
{
    if (after.size() > mostEntries)
        return DrainRefusal{DrainRefusal::BadRequest,
                            CoreTexts::tr("%1 has %2 entries already, and more are not allowed. "
                                          "Remove those of peers that are no more")
                                    .arg(name)
                                    .arg(before.size())};
    if (entry.generation > DrainRequest::MaxGeneration)
        return DrainRefusal{DrainRefusal::Damaged,
                            CoreTexts::tr("%1 has a generation that none can be above").arg(name)};
    if (!basis.expectedGeneration || *basis.expectedGeneration == knownGeneration)
        return {};
    QString text = CoreTexts::tr("somebody else has changed %1 meanwhile").arg(request.peer);
    if (!knownBy.isEmpty())
        text += CoreTexts::tr(": %1").arg(knownBy);
    return DrainRefusal{DrainRefusal::ChangedMeanwhile, text};
}

std::optional<DrainRefusal> badRequest(const DrainRequest &request)
{
    const auto refuse = [](const QString &text) {
        return DrainRefusal{DrainRefusal::BadRequest, text};
    };
    const QString peer = request.peer.trimmed();
    const bool hasControl = std::ranges::any_of(peer, [](QChar c) {
        return c.category() == QChar::Other_Control;
    });
    if (peer.isEmpty() || peer.size() > DrainRequest::LongestName || hasControl)
        return refuse(CoreTexts::tr("\"%1\" cannot be a peer; allowed is host:port, "
                                    "localhost:/path/of/socket, or what its server calls itself")
                              .arg(textForPeople(peer.left(100))));
    const auto isTooLong = [](const QString &name) {
        return name.size() > DrainRequest::LongestName;
    };
    if (request.identities.size() > DrainRequest::MostIdentities || isTooLong(request.pool)
        || std::ranges::any_of(request.identities, isTooLong))
        return refuse(
                CoreTexts::tr("the pool or another name of the server is too long, or there are "
                              "too many names; allowed are %1 names of %2 characters each")
                        .arg(DrainRequest::MostIdentities)
                        .arg(DrainRequest::LongestName));
    if (request.reason.size() > DrainRequest::LongestText
        || request.requestedBy.size() > DrainRequest::LongestText)
        return refuse(CoreTexts::tr("the reason or the name of the person is too long; allowed are "
                                    "%1 characters each")
                              .arg(DrainRequest::LongestText));
    return {};
}

} // namespace qproxysql
