// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/nopeererror.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace qproxysql {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(QProxySql)
};

bool isWell(const PeerSnapshot &peer)
{
    return peer.health == Health::Up || peer.health == Health::Unknown;
}

// A session on it was lost, and no connect or probe has failed since.
bool isOnlyDoubted(const PeerSnapshot &peer)
{
    return peer.health == Health::Suspect && peer.lastError.source == PeerError::Source::Statement;
}

bool isDraining(const PeerSnapshot &peer)
{
    return peer.service == Service::Draining;
}

QString drainText(const PeerSnapshot &peer, const QString &controlSchema)
{
    const DrainRequest &request = peer.request;
    QString text = Texts::tr("draining");
    if (request.at.isValid())
        text += Texts::tr(" since %1").arg(request.at.toUTC().toString(Qt::ISODate));
    if (!request.requestedBy.isEmpty())
        text += Texts::tr(", requested by %1").arg(request.requestedBy);
    if (!request.reason.isEmpty())
        text += QStringLiteral(" (%1)").arg(request.reason);
    text += Texts::tr("; resume it with: qproxysql-ctl resume %1").arg(peer.address.name());
    if (!controlSchema.isEmpty())
        text += Texts::tr(" (of the fleet: --control-schema %1)").arg(controlSchema);
    return text;
}

bool contains(const std::vector<PeerId> &peers, PeerId peer)
{
    return std::ranges::find(peers, peer) != peers.end();
}

// Empty while the error is recent.
QString ageText(const PeerError &error, const QDateTime &now)
{
    constexpr qint64 NewsFor = 2;
    constexpr qint64 CountedInSeconds = 120;
    const qint64 seconds = error.at.isValid() ? error.at.secsTo(now) : 0;
    if (seconds < NewsFor)
        return {};
    return seconds < CountedInSeconds ? Texts::tr(" (%1 s ago)").arg(seconds)
                                      : Texts::tr(" (%1 min ago)").arg(seconds / 60);
}

bool isLate(const PeerSnapshot &peer, const NoPeerDetails &details)
{
    return isWell(peer) && contains(details.late, peer.id);
}

QString peerLine(const PeerSnapshot &peer, const NoPeerDetails &details)
{
    const QString name = peer.address.name() + QStringLiteral(": ");
    if (isDraining(peer))
        return name + drainText(peer, details.controlSchema);
    if (isLate(peer, details))
        return name + Texts::tr("answers, but has not caught up with its cluster");
    if (contains(details.waitedFor, peer.id) && (isWell(peer) || isOnlyDoubted(peer)))
        return name + Texts::tr("no answer");
    if (peer.lastConnectError.isEmpty())
        return name + Texts::tr("not tried");
    return name + peer.lastConnectError.message() + ageText(peer.lastConnectError, details.now);
}

QString drainReason(const QList<PeerSnapshot> &peers)
{
    if (std::ranges::all_of(peers, &isDraining))
        return Texts::tr("all of its peers are drained");
    const bool areTheWellDrained = std::ranges::all_of(peers, [](const PeerSnapshot &peer) {
        return isDraining(peer) || !isWell(peer);
    });
    if (areTheWellDrained && std::ranges::any_of(peers, &isDraining))
        return Texts::tr("those that are not drained have failed");
    return {};
}

int codeOf(const QList<PeerSnapshot> &peers, int code)
{
    bool allOverloaded = true;
    for (const PeerSnapshot &peer : peers) {
        if (peer.lastConnectError.code != 0)
            code = peer.lastConnectError.code;
        allOverloaded = allOverloaded && peer.health == Health::Overloaded;
    }
    return allOverloaded && !peers.isEmpty() ? 1040 /* ER_CON_COUNT_ERROR */ : code;
}

} // namespace

QSqlError noPeerError(const QString &pool, const QList<PeerSnapshot> &peers,
                      const NoPeerDetails &details)
{
    QStringList lines;
    for (const PeerSnapshot &peer : peers)
        lines << peerLine(peer, details);
    const bool isAnyLate = std::ranges::any_of(peers, [&details](const PeerSnapshot &peer) {
        return isLate(peer, details);
    });
    QStringList reasons{isAnyLate ? details.lateReason : details.reason,
                        peers.isEmpty() ? QString() : drainReason(peers)};
    reasons.removeAll(QString());
    QString text = Texts::tr("No peer of pool %1 can be used").arg(pool);
    if (!reasons.isEmpty())
        text += QStringLiteral(" (%1)").arg(reasons.join(QStringLiteral("; ")));
    text += QStringLiteral(": ") + lines.join(QStringLiteral("; "));
    if (!details.cause.isEmpty())
        text += Texts::tr(". The connection needed another session: %1").arg(details.cause);
    const int code = codeOf(peers, details.causeCode);
    return QSqlError(Texts::tr("QPROXYSQL: Unable to connect"), text, QSqlError::ConnectionError,
                     code ? QString::number(code) : QString());
}

} // namespace qproxysql
