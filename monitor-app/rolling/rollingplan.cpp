// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "rolling/rollingplan.h"

#include "rolling/rollingtexts.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr qsizetype MostPeers = 1000;

/// The limits by the names that the file gives them.
struct LimitField
{
    QLatin1StringView name;
    double RollingLimits::*limit;
};
constexpr LimitField LimitFields[] = {{"drain"_L1, &RollingLimits::drain},
                                      {"stop"_L1, &RollingLimits::stop},
                                      {"start"_L1, &RollingLimits::start},
                                      {"sync"_L1, &RollingLimits::sync},
                                      {"resume"_L1, &RollingLimits::resume}};

QJsonObject jsonOf(const RollingPeer &peer)
{
    QJsonObject seconds;
    for (auto it = peer.seconds.cbegin(); it != peer.seconds.cend(); ++it)
        seconds.insert(wordOf(it.key()), it.value());
    QJsonObject json{{"peer"_L1, peer.peer},
                     {"step"_L1, wordOf(peer.step)},
                     {"drained"_L1, qint64(peer.drained)},
                     {"resumed"_L1, qint64(peer.resumed)},
                     {"commandBegun"_L1, peer.isCommandBegun},
                     {"commandPid"_L1, peer.command.pid},
                     {"commandBoot"_L1, peer.command.boot},
                     {"commandStart"_L1, peer.command.start},
                     {"seconds"_L1, seconds}};
    if (peer.startedAt)
        json.insert("startedAt"_L1, *peer.startedAt);
    if (peer.uptime)
        json.insert("uptime"_L1, *peer.uptime);
    return json;
}

template<typename Enum>
std::optional<Enum> enumOf(QString word)
{
    if (!word.isEmpty())
        word[0] = word.at(0).toUpper();
    return enumNamed<Enum>(word);
}

std::optional<RollingPeer> peerOf(const QJsonObject &json)
{
    RollingPeer peer;
    const auto step = enumOf<RollingPeer::Step>(json.value("step"_L1).toString());
    peer.peer = json.value("peer"_L1).toString();
    if (!step || peer.peer.isEmpty())
        return {};
    peer.step = *step;
    peer.drained = quint64(json.value("drained"_L1).toInteger());
    peer.resumed = quint64(json.value("resumed"_L1).toInteger());
    if (const QJsonValue at = json.value("startedAt"_L1); at.isDouble())
        peer.startedAt = at.toDouble();
    if (const QJsonValue uptime = json.value("uptime"_L1); uptime.isDouble())
        peer.uptime = uptime.toDouble();
    peer.isCommandBegun = json.value("commandBegun"_L1).toBool();
    peer.command = {.pid = json.value("commandPid"_L1).toInteger(),
                    .boot = json.value("commandBoot"_L1).toString(),
                    .start = json.value("commandStart"_L1).toString()};
    const QJsonObject seconds = json.value("seconds"_L1).toObject();
    for (auto it = seconds.constBegin(); it != seconds.constEnd(); ++it) {
        if (const auto of = enumOf<RollingPeer::Step>(it.key()))
            peer.seconds.insert(*of, it.value().toDouble());
    }
    return peer;
}

} // namespace

const RollingPeer *RollingPlan::current() const
{
    const auto it = std::ranges::find_if(peers, [](const RollingPeer &peer) {
        return peer.step != RollingPeer::Step::Done;
    });
    return it == peers.cend() ? nullptr : &*it;
}

bool RollingPlan::hasBegun() const
{
    return std::ranges::any_of(peers, [](const RollingPeer &peer) {
        return peer.step != RollingPeer::Step::Check;
    });
}

bool RollingPlan::hasRequested(const std::optional<DrainRequest> &entry) const
{
    const RollingPeer *const peer = current();
    if (!peer || !entry || entry->service != Service::Draining)
        return false;
    if (peer->drained != 0)
        return entry->generation == peer->drained;
    return peer->step != RollingPeer::Step::Check && entry->requestedBy == by
           && entry->reason == reason && entry->at >= at;
}

QByteArray RollingPlan::toJson() const
{
    QJsonObject limitsJson;
    for (const LimitField &field : LimitFields)
        limitsJson.insert(field.name, limits.*field.limit);
    QJsonArray list;
    for (const RollingPeer &peer : peers)
        list.append(jsonOf(peer));
    return QJsonDocument(QJsonObject{{"format"_L1, Format},
                                     {"state"_L1, wordOf(state)},
                                     {"by"_L1, by},
                                     {"at"_L1, at.toString(Qt::ISODate)},
                                     {"savedAt"_L1, savedAt.toString(Qt::ISODateWithMs)},
                                     {"reason"_L1, reason},
                                     {"pools"_L1, QJsonArray::fromStringList(pools)},
                                     {"controlSchema"_L1, controlSchema},
                                     {"command"_L1, command},
                                     {"limits"_L1, limitsJson},
                                     {"peers"_L1, list},
                                     {"failure"_L1, failure}})
            .toJson();
}

Expected<RollingPlan> RollingPlan::parse(const QByteArray &text)
{
    const QJsonObject json = QJsonDocument::fromJson(text).object();
    RollingPlan plan;
    const auto state = enumOf<State>(json.value("state"_L1).toString());
    const QJsonArray list = json.value("peers"_L1).toArray();
    if (json.value("format"_L1).toInt() != Format || !state || list.isEmpty()
        || list.size() > MostPeers)
        return Unexpected(
                RollingTexts::tr("it is no record of a rolling restart in format %1").arg(Format));
    plan.state = *state;
    for (const auto &one : list) {
        const auto peer = peerOf(one.toObject());
        if (!peer)
            return Unexpected(
                    RollingTexts::tr("peer %1 is not understood").arg(plan.peers.size() + 1));
        plan.peers.append(*peer);
    }
    plan.by = json.value("by"_L1).toString();
    plan.at = QDateTime::fromString(json.value("at"_L1).toString(), Qt::ISODate);
    plan.savedAt = QDateTime::fromString(json.value("savedAt"_L1).toString(), Qt::ISODateWithMs);
    plan.reason = json.value("reason"_L1).toString();
    plan.pools = json.value("pools"_L1).toVariant().toStringList();
    plan.controlSchema = json.value("controlSchema"_L1).toString();
    plan.command = json.value("command"_L1).toString();
    plan.failure = json.value("failure"_L1).toString();
    const QJsonObject limits = json.value("limits"_L1).toObject();
    for (const LimitField &field : LimitFields)
        plan.limits.*field.limit = limits.value(field.name).toDouble(plan.limits.*field.limit);
    return plan;
}

} // namespace qproxysql
