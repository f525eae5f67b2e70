// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/peerlist.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QSet>

#include <algorithm>

namespace qproxysql {

namespace {

constexpr int HeaviestWeight = 1000;
constexpr int MostPeers =
        10'000; // ten times what is tested; the time to set a pool up is their square

std::optional<int> readWeight(QStringView text)
{
    for (const QChar c : text) {
        if (c < u'0' || c > u'9')
            return {};
    }
    const int weight = text.size() <= 4 ? text.toInt() : 0;
    if (weight < 1 || weight > HeaviestWeight)
        return {};
    return weight;
}

std::optional<PeerDefinition> readEntry(QStringView entry, quint16 defaultPort,
                                        PeerList::Weights weights, QString *error)
{
    PeerDefinition peer;
    QStringView addressText = entry;
    const qsizetype star = entry.lastIndexOf(u'*');
    if (star >= 0 && weights == PeerList::Weights::Allowed) {
        const auto weight = readWeight(entry.sliced(star + 1).trimmed());
        if (!weight) {
            *error = QCoreApplication::translate(
                             "QProxySql",
                             "\"%1\" has no weight after '*': allowed is a number from 1 to %2, as "
                             "in db1:3306*3")
                             .arg(entry.toString(), QString::number(HeaviestWeight));
            return {};
        }
        peer.weight = *weight;
        addressText = entry.first(star);
    }
    const auto address = PeerAddress::parse(addressText, defaultPort, error);
    if (!address)
        return {};
    peer.address = *address;
    return peer;
}

} // namespace

bool PeerList::mayHoldPassword(QStringView text, QString *error)
{
    // The path of a socket may have an '@', too.
    const auto entries = text.split(u',');
    if (std::none_of(entries.cbegin(), entries.cend(), [](QStringView entry) {
            return entry.contains(u'@') && !PeerAddress::isSocketName(entry);
        }))
        return false;
    *error = QCoreApplication::translate(
            "QProxySql",
            "a peer with '@' is refused, and not repeated here because it may hold a password; "
            "allowed is host, host:port, [IPv6], [IPv6]:port or localhost:/path/of/socket, without "
            "user and password");
    return true;
}

std::optional<QList<PeerDefinition>> PeerList::parse(QStringView text, quint16 defaultPort,
                                                     Weights weights, QString *error)
{
    // The whole text: a password may hold a comma.
    if (mayHoldPassword(text, error))
        return {};
    QList<PeerDefinition> peers;
    QSet<PeerAddress> seen;
    const auto entries = text.split(u',');
    if (entries.size() > MostPeers) {
        *error = QCoreApplication::translate("QProxySql",
                                             "the list of peers has %1 entries; allowed are %2")
                         .arg(QString::number(entries.size()), QString::number(MostPeers));
        return {};
    }
    for (const QStringView &entry : entries) {
        if (entry.trimmed().isEmpty()) {
            *error = QCoreApplication::translate(
                             "QProxySql",
                             "the list of peers \"%1\" has an empty entry; allowed are peers "
                             "separated by single commas, as in db1,db2:3307")
                             .arg(text.toString());
            return {};
        }
        const auto peer = readEntry(entry.trimmed(), defaultPort, weights, error);
        if (!peer)
            return {};
        if (seen.contains(peer->address)) {
            *error = QCoreApplication::translate(
                             "QProxySql",
                             "the list of peers \"%1\" names %2 twice; every peer is named once")
                             .arg(text.toString(), peer->address.name());
            return {};
        }
        seen.insert(peer->address);
        peers.append(*peer);
    }
    return peers;
}

std::optional<QList<PeerDefinition>> PeerList::fromHostField(QStringView text, quint16 defaultPort,
                                                             QString *error)
{
    if (mayHoldPassword(text, error))
        return {};
    if (text.contains(u','))
        return parse(text, defaultPort, Weights::Refused, error);
    const auto address = PeerAddress::fromHostField(text, defaultPort, error);
    if (!address)
        return {};
    return QList<PeerDefinition>{{*address, 1}};
}

} // namespace qproxysql
