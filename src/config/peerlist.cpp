// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/peerlist.h"

#include "config/coretexts.h"
#include "config/numbers.h"

#include <QtCore/QSet>

#include <algorithm>

namespace qproxysql {

namespace {

constexpr int HeaviestWeight = 1000;
/// Ten times what is tested. The time to set up a pool grows with the square of its peers.
constexpr int MostPeers = 10'000;

Expected<PeerDefinition> readEntry(QStringView entry, quint16 defaultPort, PeerList::Weights weights)
{
    PeerDefinition peer;
    QStringView addressText = entry;
    const qsizetype star = entry.lastIndexOf(u'*');
    if (star >= 0 && weights == PeerList::Weights::Allowed) {
        const auto weight = readWholeNumber(entry.sliced(star + 1).trimmed(), 1, HeaviestWeight);
        if (!weight)
            return Unexpected(CoreTexts::tr("\"%1\" has no weight after '*': allowed is a number "
                                            "from 1 to %2, as in db1:3306*3")
                                      .arg(entry.toString(), QString::number(HeaviestWeight)));
        peer.weight = *weight;
        addressText = entry.first(star);
    }
    const auto address = PeerAddress::parse(addressText, defaultPort);
    if (!address)
        return Unexpected(address.error());
    peer.address = *address;
    return peer;
}

} // namespace

Expected<void> PeerList::checkForPassword(QStringView text)
{
    // The path of a socket may contain '@'.
    const auto entries = text.split(u',');
    if (std::none_of(entries.cbegin(), entries.cend(), [](QStringView entry) {
            return entry.contains(u'@') && !PeerAddress::isSocketName(entry);
        }))
        return {};
    return Unexpected(
            CoreTexts::tr("a peer with '@' is refused, and not repeated here because it may hold a "
                          "password; allowed is host, host:port, [IPv6], [IPv6]:port or "
                          "localhost:/path/of/socket, without user and password"));
}

Expected<QList<PeerDefinition>> PeerList::parse(QStringView text, quint16 defaultPort,
                                                Weights weights)
{
    // Check the whole text because a password may contain a comma.
    if (const auto good = checkForPassword(text); !good)
        return Unexpected(good.error());
    QList<PeerDefinition> peers;
    QSet<PeerAddress> seen;
    const auto entries = text.split(u',');
    if (entries.size() > MostPeers)
        return Unexpected(CoreTexts::tr("the list of peers has %1 entries; allowed are %2")
                                  .arg(QString::number(entries.size()), QString::number(MostPeers)));
    for (const QStringView &entry : entries) {
        if (entry.trimmed().isEmpty())
            return Unexpected(
                    CoreTexts::tr("the list of peers \"%1\" has an empty entry; allowed are peers "
                                  "separated by single commas, as in db1,db2:3307")
                            .arg(text.toString()));
        const auto peer = readEntry(entry.trimmed(), defaultPort, weights);
        if (!peer)
            return Unexpected(peer.error());
        if (seen.contains(peer->address))
            return Unexpected(
                    CoreTexts::tr(
                            "the list of peers \"%1\" names %2 twice; every peer is named once")
                            .arg(text.toString(), peer->address.name()));
        seen.insert(peer->address);
        peers.append(*peer);
    }
    return peers;
}

Expected<QList<PeerDefinition>> PeerList::fromHostField(QStringView text, quint16 defaultPort)
{
    if (const auto good = checkForPassword(text); !good)
        return Unexpected(good.error());
    if (text.contains(u','))
        return parse(text, defaultPort, Weights::Refused);
    const auto address = PeerAddress::fromHostField(text, defaultPort);
    if (!address)
        return Unexpected(address.error());
    return QList<PeerDefinition>{{*address, 1}};
}

} // namespace qproxysql
