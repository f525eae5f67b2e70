// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/drainrequestjson.h"

#include "config/coretexts.h"
#include "config/enumname.h"
#include "drain/plaintext.h"

#include <QtCore/QJsonArray>

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
constexpr auto ForcedKey = "forced"_L1;
constexpr auto ViaKey = "via"_L1;

struct TextField
{
    QLatin1StringView key;
    QString DrainRequest::*text;
    qsizetype longest;
};
constexpr TextField Texts[] = {{PeerKey, &DrainRequest::peer, DrainRequest::LongestName},
                               {PoolKey, &DrainRequest::pool, DrainRequest::LongestName},
                               {ReasonKey, &DrainRequest::reason, DrainRequest::LongestText},
                               {RequestedByKey, &DrainRequest::requestedBy,
                                DrainRequest::LongestText}};

QString problem(QLatin1StringView key, const QJsonValue &value, const QString &allowed)
{
    const QString found = value.isUndefined() ? CoreTexts::tr("is missing")
                                              : CoreTexts::tr("is not understood");
    return CoreTexts::tr("\"%1\" %2; allowed is %3").arg(key, found, allowed);
}

QString entryText(const QJsonValue &value)
{
    return plainText(value.toString());
}

/// The first field that is too long.
std::optional<QString> excess(const DrainRequest &entry)
{
    const auto tooLong = [](QLatin1StringView key, qsizetype longest) {
        return CoreTexts::tr("\"%1\" is too long; allowed are %2 characters").arg(key).arg(longest);
    };
    if (entry.identities.size() > DrainRequest::MostIdentities)
        return CoreTexts::tr("\"%1\" has %2 texts; allowed are at most %3")
                .arg(IdentitiesKey)
                .arg(entry.identities.size())
                .arg(DrainRequest::MostIdentities);
    for (const QString &identity : entry.identities) {
        if (identity.size() > DrainRequest::LongestName)
            return tooLong(IdentitiesKey, DrainRequest::LongestName);
    }
    for (const auto &[key, text, longest] : Texts) {
        if ((entry.*text).size() > longest)
            return tooLong(key, longest);
    }
    return {};
}

} // namespace

Expected<DrainRequest> drainRequestOf(const QJsonObject &object)
{
    const auto refuse = [&](QLatin1StringView key, const QString &allowed) {
        return Unexpected(problem(key, object.value(key), allowed));
    };
    DrainRequest entry;
    for (const auto &[key, text, longest] : Texts)
        entry.*text = entryText(object.value(key));
    entry.peer = entry.peer.trimmed();
    if (entry.peer.isEmpty())
        return refuse(PeerKey, CoreTexts::tr("the name or an identity of a peer, as text"));

    const QJsonValue identities = object.value(IdentitiesKey);
    if (!identities.isUndefined() && !identities.isArray())
        return refuse(IdentitiesKey, CoreTexts::tr("a list of texts"));
    for (const QJsonValue &identity : identities.toArray()) {
        const QString name = entryText(identity).trimmed();
        if (name.isEmpty())
            return refuse(IdentitiesKey, CoreTexts::tr("a list of texts"));
        entry.identities.append(name);
    }

    const QJsonValue pool = object.value(PoolKey);
    if (!pool.isUndefined() && !pool.isString())
        return refuse(PoolKey, CoreTexts::tr("the name of a pool, empty for all"));

    const QString service = object.value(ServiceKey).toString();
    entry.service = service == wordOf(Service::Draining) ? Service::Draining : Service::InService;
    if (service != wordOf(entry.service))
        return refuse(ServiceKey, u"\"draining\", \"inService\""_s);

    const qint64 generation = object.value(GenerationKey).toInteger(0);
    if (generation < 1 || quint64(generation) > DrainRequest::MaxGeneration)
        return refuse(GenerationKey,
                      CoreTexts::tr("a whole number from 1 to %1").arg(DrainRequest::MaxGeneration));
    entry.generation = quint64(generation);

    if (const auto tooMuch = excess(entry))
        return Unexpected(*tooMuch);
    entry.at = QDateTime::fromString(object.value(AtKey).toString(), Qt::ISODateWithMs).toUTC();
    if (const int sessions = object.value(SessionsKey).toInt(-1); sessions >= 0)
        entry.sessions = sessions;
    entry.isForced = object.value(ForcedKey).toBool();
    entry.via = plainText(object.value(ViaKey).toString(), DrainRequest::LongestText);
    entry.rest = object;
    for (const auto key : {PeerKey, IdentitiesKey, PoolKey, ServiceKey, GenerationKey, ReasonKey,
                           RequestedByKey, AtKey, SessionsKey, ForcedKey, ViaKey})
        entry.rest.remove(key);
    return entry;
}

QJsonObject additionsOf(const DrainRequest &entry)
{
    QJsonObject object = entry.rest;
    if (entry.isForced)
        object.insert(ForcedKey, true);
    if (!entry.via.isEmpty())
        object.insert(ViaKey, entry.via);
    return object;
}

QJsonObject jsonOf(const DrainRequest &entry)
{
    QJsonObject object = additionsOf(entry);
    for (const auto &[key, text, longest] : Texts)
        object.insert(key, entry.*text);
    object.insert(IdentitiesKey, QJsonArray::fromStringList(entry.identities));
    object.insert(ServiceKey, wordOf(entry.service));
    object.insert(GenerationKey, qint64(entry.generation));
    object.insert(AtKey, entry.at.toUTC().toString(Qt::ISODateWithMs));
    if (entry.sessions)
        object.insert(SessionsKey, *entry.sessions);
    return object;
}

} // namespace qproxysql
