// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/drainentry.h"

#include "drain/plaintext.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonArray>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr auto PeerKey = "peer"_L1;
constexpr auto IdentitiesKey = "identities"_L1;
constexpr auto PoolKey = "pool"_L1;
constexpr auto ServiceKey = "service"_L1;
constexpr auto GenerationKey = "generation"_L1;
constexpr auto ReasonKey = "reason"_L1;
constexpr auto RequestedByKey = "requestedBy"_L1;
constexpr auto AtKey = "at"_L1;
constexpr auto SessionsKey = "sessions"_L1;
constexpr auto DrainingText = "draining"_L1;
constexpr auto InServiceText = "inService"_L1;

QString problem(QLatin1StringView key, const QJsonValue &value, const QString &allowed)
{
    const QString found = value.isUndefined()
                                  ? QCoreApplication::translate("QProxySql", "is missing")
                                  : QCoreApplication::translate("QProxySql", "is not understood");
    return QCoreApplication::translate("QProxySql", "\"%1\" %2; allowed is %3")
            .arg(key, found, allowed);
}

QString entryText(const QJsonValue &value)
{
    return plainText(value.toString());
}

/// The first field that is longer than anybody needs.
std::optional<QString> excess(const DrainEntry &entry)
{
    const auto tooLong = [](QLatin1StringView key, qsizetype longest) {
        return QCoreApplication::translate("QProxySql",
                                           "\"%1\" is too long; allowed are %2 characters")
                .arg(key)
                .arg(longest);
    };
    if (entry.identities.size() > DrainEntry::MostIdentities)
        return QCoreApplication::translate("QProxySql",
                                           "\"%1\" has %2 texts; allowed are at most %3")
                .arg(IdentitiesKey)
                .arg(entry.identities.size())
                .arg(DrainEntry::MostIdentities);
    for (const QString &identity : entry.identities) {
        if (identity.size() > DrainEntry::LongestName)
            return tooLong(IdentitiesKey, DrainEntry::LongestName);
    }
    if (entry.peer.size() > DrainEntry::LongestName)
        return tooLong(PeerKey, DrainEntry::LongestName);
    if (entry.pool.size() > DrainEntry::LongestName)
        return tooLong(PoolKey, DrainEntry::LongestName);
    if (entry.reason.size() > DrainEntry::LongestText)
        return tooLong(ReasonKey, DrainEntry::LongestText);
    if (entry.requestedBy.size() > DrainEntry::LongestText)
        return tooLong(RequestedByKey, DrainEntry::LongestText);
    return {};
}

} // namespace

QString canonicalPeerName(const QString &peer)
{
    const auto address = PeerAddress::parse(peer); // it may be an identity
    return foldedPeerName(address ? address->name() : peer.trimmed());
}

bool dropSocketNames(QString *peer, QStringList *identities)
{
    identities->removeIf([](const QString &name) { return PeerAddress::isSocketName(name); });
    if (!PeerAddress::isSocketName(*peer))
        return true;
    const auto isLoopback = [](const QString &name) {
        return name.startsWith("localhost:"_L1, Qt::CaseInsensitive) || name.startsWith("127."_L1)
               || name.startsWith("[::1]"_L1);
    };
    const auto found = std::find_if_not(identities->crbegin(), identities->crend(), isLoopback);
    if (found == identities->crend())
        return false;
    *peer = *found;
    identities->removeAll(*peer);
    return true;
}

QStringList DrainEntry::names() const
{
    QStringList all{foldedPeerName(peer), canonicalPeerName(peer)};
    for (const QString &identity : identities)
        all.append(foldedPeerName(identity));
    all.removeDuplicates();
    return all;
}

bool DrainEntry::isOf(const QString &peerName, const QStringList &otherNames) const
{
    const QString asked = canonicalPeerName(peerName);
    return names().contains(asked) || names().contains(foldedPeerName(peerName))
           || containsPeerName(otherNames, canonicalPeerName(peer))
           || containsPeerName(otherNames, peer);
}

PeerWish DrainEntry::wish() const
{
    return {pool, names(), service, {requestedBy, reason, at, generation}};
}

DrainKey DrainEntry::key() const
{
    return {canonicalPeerName(peer), pool};
}

QList<DrainEntry> newestEntries(const QList<DrainEntry> &some, const QList<DrainEntry> &others)
{
    std::map<DrainKey, DrainEntry> newest;
    for (const QList<DrainEntry> *list : {&some, &others}) {
        for (const DrainEntry &entry : *list) {
            const auto [known, isFirst] = newest.try_emplace(entry.key(), entry);
            const bool isNewer = entry.generation > known->second.generation
                                 || (entry.generation == known->second.generation
                                     && entry.service == Service::Draining);
            if (!isFirst && isNewer)
                known->second = entry;
        }
    }
    QList<DrainEntry> entries;
    for (const auto &[key, entry] : newest)
        entries.append(entry);
    return entries;
}

quint64 newestGeneration(const QList<DrainEntry> &entries)
{
    quint64 newest = 0;
    for (const DrainEntry &entry : entries)
        newest = std::max(newest, entry.generation);
    return newest;
}

std::optional<DrainEntry> DrainEntry::fromJson(const QJsonObject &object, QString *error)
{
    const auto refuse = [&](QLatin1StringView key, const QString &allowed) {
        *error = problem(key, object.value(key), allowed);
        return std::nullopt;
    };
    DrainEntry entry;
    entry.peer = entryText(object.value(PeerKey)).trimmed();
    if (entry.peer.isEmpty())
        return refuse(PeerKey,
                      QCoreApplication::translate("QProxySql",
                                                  "the name or an identity of a peer, as text"));

    const QJsonValue identities = object.value(IdentitiesKey);
    if (!identities.isUndefined() && !identities.isArray())
        return refuse(IdentitiesKey, QCoreApplication::translate("QProxySql", "a list of texts"));
    for (const QJsonValue &identity : identities.toArray()) {
        const QString name = entryText(identity).trimmed();
        if (name.isEmpty())
            return refuse(IdentitiesKey,
                          QCoreApplication::translate("QProxySql", "a list of texts"));
        entry.identities.append(name);
    }

    const QJsonValue pool = object.value(PoolKey);
    if (!pool.isUndefined() && !pool.isString())
        return refuse(PoolKey, QCoreApplication::translate("QProxySql",
                                                           "the name of a pool, empty for all"));
    entry.pool = entryText(pool);

    const QString service = object.value(ServiceKey).toString();
    if (service != DrainingText && service != InServiceText)
        return refuse(ServiceKey, u"\"draining\", \"inService\""_s);
    entry.service = service == DrainingText ? Service::Draining : Service::InService;

    const qint64 generation = object.value(GenerationKey).toInteger(0);
    if (generation < 1 || quint64(generation) > MaxGeneration)
        return refuse(GenerationKey,
                      QCoreApplication::translate("QProxySql", "a whole number from 1 to %1")
                              .arg(MaxGeneration));
    entry.generation = quint64(generation);

    entry.reason = entryText(object.value(ReasonKey));
    entry.requestedBy = entryText(object.value(RequestedByKey));
    if (const auto tooMuch = excess(entry)) {
        *error = *tooMuch;
        return std::nullopt;
    }
    entry.at = QDateTime::fromString(object.value(AtKey).toString(), Qt::ISODateWithMs).toUTC();
    if (const int sessions = object.value(SessionsKey).toInt(-1); sessions >= 0)
        entry.sessions = sessions;
    entry.rest = object;
    for (const auto key : {PeerKey, IdentitiesKey, PoolKey, ServiceKey, GenerationKey, ReasonKey,
                           RequestedByKey, AtKey, SessionsKey})
        entry.rest.remove(key);
    return entry;
}

QJsonObject DrainEntry::toJson() const
{
    QJsonObject object = rest;
    object.insert(PeerKey, peer);
    object.insert(IdentitiesKey, QJsonArray::fromStringList(identities));
    object.insert(PoolKey, pool);
    object.insert(ServiceKey, service == Service::Draining ? DrainingText : InServiceText);
    object.insert(GenerationKey, qint64(generation));
    object.insert(ReasonKey, reason);
    object.insert(RequestedByKey, requestedBy);
    object.insert(AtKey, at.toUTC().toString(Qt::ISODateWithMs));
    if (sessions)
        object.insert(SessionsKey, *sessions);
    return object;
}

} // namespace qproxysql
