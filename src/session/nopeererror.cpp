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

bool isDraining(const PeerSnapshot &peer)
{
    return peer.service == Service::Draining;
}

QString drainText(const PeerSnapshot &peer, const QString &controlSchema)
{
    const DrainNote &note = peer.note;
    QString text = Texts::tr("draining");
    if (note.at.isValid())
        text += Texts::tr(" since %1").arg(note.at.toUTC().toString(Qt::ISODate));
    if (!note.requestedBy.isEmpty())
        text += Texts::tr(", requested by %1").arg(note.requestedBy);
    if (!note.reason.isEmpty())
        text += QStringLiteral(" (%1)").arg(note.reason);
    text += Texts::tr("; resume it with: qproxysql-ctl resume %1").arg(peer.address.name());
    if (!controlSchema.isEmpty())
        text += Texts::tr(" (of the fleet: --control-schema %1)").arg(controlSchema);
    return text;
}

bool contains(const std::vector<PeerId> &peers, PeerId peer)
{
    return std::ranges::find(peers, peer) != peers.end();
}

QString peerLine(const PeerSnapshot &peer, bool isWaitedFor, bool isLate,
                 const QString &controlSchema)
{
    const QString name = peer.address.name() + QStringLiteral(": ");
    if (isDraining(peer))
        return name + drainText(peer, controlSchema);
    // What it failed with before it was last well is no reason now.
    if (isLate && isWell(peer))
        return name + Texts::tr("answers, but has not caught up with its cluster");
    if (isWaitedFor && isWell(peer))
        return name + Texts::tr("no answer");
    if (peer.lastError.code == 0 && peer.lastError.text.isEmpty())
        return name + Texts::tr("not tried");
    return name + peer.lastError.message();
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

int codeOf(const QList<PeerSnapshot> &peers)
{
    int code = 0;
    bool allOverloaded = true;
    for (const PeerSnapshot &peer : peers) {
        if (peer.lastError.code != 0)
            code = peer.lastError.code;
        allOverloaded = allOverloaded && peer.health == Health::Overloaded;
    }
    return allOverloaded && !peers.isEmpty() ? 1040 /* ER_CON_COUNT_ERROR */ : code;
}

} // namespace

QSqlError noPeerError(const QString &pool, const QList<PeerSnapshot> &peers, QString reason,
                      const std::vector<PeerId> &waitedFor, const std::vector<PeerId> &late,
                      const QString &controlSchema)
{
    QStringList lines;
    for (const PeerSnapshot &peer : peers)
        lines << peerLine(peer, contains(waitedFor, peer.id), contains(late, peer.id),
                          controlSchema);
    if (reason.isEmpty() && !peers.isEmpty())
        reason = drainReason(peers);
    QString text = Texts::tr("No peer of pool %1 can be used").arg(pool);
    if (!reason.isEmpty())
        text += QStringLiteral(" (%1)").arg(reason);
    text += QStringLiteral(": ") + lines.join(QStringLiteral("; "));
    const int code = codeOf(peers);
    return QSqlError(Texts::tr("QPROXYSQL: Unable to connect"), text, QSqlError::ConnectionError,
                     code ? QString::number(code) : QString());
}

} // namespace qproxysql
