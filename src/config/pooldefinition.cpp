// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/pooldefinition.h"

#include "config/coretexts.h"
#include "config/optiontable.h"

#include <QtCore/QCryptographicHash>

#include <algorithm>

namespace qproxysql {

namespace {

constexpr qsizetype LongestListInName = 64;

QList<PeerDefinition> sorted(QList<PeerDefinition> peers)
{
    std::sort(peers.begin(), peers.end(), [](const PeerDefinition &a, const PeerDefinition &b) {
        return std::tie(a.address.host, a.address.port, a.address.socket)
               < std::tie(b.address.host, b.address.port, b.address.socket);
    });
    return peers;
}

const PeerDefinition *findPeer(const QList<PeerDefinition> &peers, const PeerAddress &address)
{
    for (const PeerDefinition &peer : peers) {
        if (peer.address == address)
            return &peer;
    }
    return nullptr;
}

QString originText(const PoolDefinition &pool)
{
    return pool.fromFile ? CoreTexts::tr("comes from pool file %1").arg(pool.filePath)
                         : CoreTexts::tr("comes from no pool file");
}

QString peersDifference(const PoolDefinition &inUse, const PoolDefinition &other)
{
    for (const PeerDefinition &peer : inUse.peers) {
        if (!findPeer(other.peers, peer.address))
            return CoreTexts::tr("peer %1 is in the pool in use and not in the one asked for")
                    .arg(peer.address.name());
    }
    for (const PeerDefinition &peer : other.peers) {
        const PeerDefinition *twin = findPeer(inUse.peers, peer.address);
        if (!twin)
            return CoreTexts::tr("peer %1 is in the pool asked for and not in the one in use")
                    .arg(peer.address.name());
        if (twin->weight != peer.weight)
            return CoreTexts::
                    tr("the weight of peer %1 is %2 in the pool in use and %3 in the one asked for")
                            .arg(peer.address.name(), QString::number(twin->weight),
                                 QString::number(peer.weight));
    }
    if (inUse.policy.balance == Balance::First && inUse.peers != other.peers)
        return CoreTexts::tr("the order of the peers differs, which matters under BALANCE=first");
    return {};
}

QString policyDifference(const PoolPolicy &inUse, const PoolPolicy &other)
{
    for (const OptionInfo &info : optionTable()) {
        if (!info.policy)
            continue;
        const QString was = info.policy.text(inUse);
        const QString is = info.policy.text(other);
        if (was != is)
            return CoreTexts::tr("%1 is \"%2\" in the pool in use and \"%3\" in the one asked for")
                    .arg(QLatin1String(info.name), was, is);
    }
    return {};
}

} // namespace

bool PoolDefinition::isSamePool(const PoolDefinition &other) const
{
    const bool orderMatters = policy.balance == Balance::First;
    return name == other.name && policy == other.policy && fromFile == other.fromFile
           && filePath == other.filePath
           && (orderMatters ? peers == other.peers : sorted(peers) == sorted(other.peers));
}

bool PoolDefinition::isEditOf(const PoolDefinition &older) const
{
    return fromFile && older.fromFile && filePath == older.filePath && overrides == older.overrides
           && older.editedTo(*this).isSamePool(*this);
}

PoolDefinition PoolDefinition::editedTo(const PoolDefinition &fileVersion) const
{
    PoolDefinition edited = *this;
    edited.peers = fileVersion.peers;
    edited.policy = fileVersion.policy;
    for (const QString &option : overrides) {
        if (const OptionInfo *info = findOption(option))
            info->policy.set(info->policy.text(policy), &edited.policy);
    }
    return edited;
}

QString PoolDefinition::differenceFrom(const PoolDefinition &other) const
{
    if (name != other.name)
        return CoreTexts::tr("the pool in use is %1 and the one asked for is %2")
                .arg(name, other.name);
    if (fromFile != other.fromFile || filePath != other.filePath)
        return CoreTexts::tr("the pool in use %1 and the one asked for %2")
                .arg(originText(*this), originText(other));
    const QString difference = peersDifference(*this, other);
    return difference.isEmpty() ? policyDifference(policy, other.policy) : difference;
}

QString PoolDefinition::derivedName(const QList<PeerDefinition> &peers)
{
    QStringList names;
    for (const PeerDefinition &peer : sorted(peers))
        names.append(peer.address.name());
    const QString all = names.join(u',');
    if (all.size() <= LongestListInName)
        return all;

    const QByteArray hash =
            QCryptographicHash::hash(all.toUtf8(), QCryptographicHash::Sha256).toHex().first(12);
    qsizetype kept = 0;
    QString shortened;
    while (kept < names.size() && shortened.size() + names[kept].size() < LongestListInName)
        shortened += names[kept++] + u',';
    return shortened + u'+' + QString::number(names.size() - kept) + u'~' + QLatin1String(hash);
}

} // namespace qproxysql
