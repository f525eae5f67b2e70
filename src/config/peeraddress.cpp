// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/peeraddress.h"

#include "config/coretexts.h"
#include "config/numbers.h"

#include <algorithm>

#ifdef Q_OS_WIN
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <arpa/inet.h>
#include <sys/un.h>
#endif

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr int LongestHost = 255; // RFC 1035
constexpr QLatin1String Localhost("localhost");

Unexpected<QString> refusal(QStringView text, const QString &reason)
{
    return Unexpected(CoreTexts::tr("\"%1\" cannot be a peer: %2; allowed is host, host:port, "
                                    "[IPv6], [IPv6]:port or localhost:/path/of/socket")
                              .arg(text.toString(), reason));
}

std::optional<QString> canonicalIpv6(QStringView text)
{
    const qsizetype percent = text.indexOf(u'%');
    const QStringView address = percent < 0 ? text : text.first(percent);
    const QStringView zone = percent < 0 ? QStringView() : text.sliced(percent);
    const auto isZoneCharacter = [](QChar c) {
        return c.unicode() < 128 && (c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.');
    };
    if (percent >= 0
        && (zone.size() < 2 || !std::all_of(zone.cbegin() + 1, zone.cend(), isZoneCharacter)))
        return {};

    in6_addr binary;
    char canonical[INET6_ADDRSTRLEN];
    if (inet_pton(AF_INET6, address.toUtf8().constData(), &binary) != 1
        || !inet_ntop(AF_INET6, &binary, canonical, sizeof(canonical)))
        return {};
    return QString::fromLatin1(canonical).append(zone);
}

bool isHostName(QStringView text)
{
    return !text.isEmpty() && text.size() <= LongestHost && text.front() != u'-'
           && std::all_of(text.cbegin(), text.cend(), [](QChar c) {
                  return c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'.';
              });
}

/// Where the path begins in "localhost:/path" or "db1:/path"; -1 if there is none.
qsizetype pathStart(QStringView name)
{
    const qsizetype colon = name.indexOf(u':');
    const bool isPath = colon >= 0 && colon + 1 < name.size()
                        && (name.at(colon + 1) == u'/' || name.at(colon + 1) == u'@');
    return isPath ? colon + 1 : -1;
}

Expected<void> checkSocket(QStringView path)
{
#ifdef Q_OS_UNIX
#ifdef Q_OS_LINUX
    const bool isAbstract = path.startsWith(u'@'); // Connector/C's notation for the leading NUL
#else
    const bool isAbstract = false;
#endif
    if ((!path.startsWith(u'/') && !isAbstract) || path.size() < 2)
        return Unexpected(CoreTexts::tr("the path of a socket begins with '/'"));
    const auto isAllowed = [](QChar c) {
        return c.isLetterOrNumber() || c.isMark() || QStringView(u" /._-+:@=#~").contains(c);
    };
    if (!std::all_of(path.cbegin(), path.cend(), isAllowed))
        return Unexpected(CoreTexts::tr(
                "the path of a socket has only letters, digits, spaces and / . _ - + : @ = # ~"));
    // Older versions of Connector/C copy the path without checking its length.
    constexpr qsizetype Longest = sizeof(sockaddr_un::sun_path) - 1;
    if (path.toUtf8().size() > Longest)
        return Unexpected(CoreTexts::tr("the path of a socket has at most %1 bytes on this system")
                                  .arg(Longest));
    return {};
#else
    Q_UNUSED(path);
    return Unexpected(CoreTexts::tr("this system has no Unix sockets"));
#endif
}

} // namespace

QString PeerAddress::name() const
{
    if (isSocket())
        return host + u':' + socket;
    const QString portText = QString::number(port);
    return host.contains(u':') ? u'[' + host + "]:"_L1 + portText : host + u':' + portText;
}

Expected<PeerAddress> PeerAddress::parse(QStringView text, quint16 defaultPort)
{
    const auto refuse = [&](const QString &reason) { return refusal(text, reason); };

    const QStringView trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return refuse(CoreTexts::tr("it is empty"));
    if (const qsizetype path = pathStart(trimmed); path >= 0 && !trimmed.startsWith(u'[')) {
        if (!isSocketName(trimmed))
            return refuse(CoreTexts::tr("only localhost has a path after ':'"));
        if (const auto good = checkSocket(trimmed.sliced(path)); !good)
            return refuse(good.error());
        return PeerAddress{Localhost, 0, trimmed.sliced(path).toString()};
    }

    PeerAddress address;
    QStringView rest;
    if (trimmed.startsWith(u'[')) {
        const qsizetype end = trimmed.indexOf(u']');
        const auto ipv6 = end < 0 ? std::nullopt : canonicalIpv6(trimmed.sliced(1, end - 1));
        if (!ipv6)
            return refuse(CoreTexts::tr("there is no IPv6 address between the brackets"));
        address.host = *ipv6;
        rest = trimmed.sliced(end + 1);
    } else {
        if (trimmed.count(u':') > 1 && canonicalIpv6(trimmed))
            return refuse(CoreTexts::tr("an IPv6 address is written in brackets"));
        const qsizetype colon = trimmed.indexOf(u':');
        const QStringView host = colon < 0 ? trimmed : trimmed.first(colon);
        if (!isHostName(host))
            return refuse(CoreTexts::tr(
                    "a host name has only letters, digits, '.', '-' and '_', at most 255 of them"));
        address.host = host.toString().toLower();
        rest = colon < 0 ? QStringView() : trimmed.sliced(colon);
    }

    address.port = defaultPort;
    if (!rest.isEmpty()) {
        const auto port = rest.startsWith(u':') ? readWholeNumber(rest.sliced(1), 1, 65535)
                                                : std::nullopt;
        if (!port)
            return refuse(CoreTexts::tr("a port is a number from 1 to 65535"));
        address.port = quint16(*port);
    }
    return address;
}

Expected<PeerAddress> PeerAddress::fromHostField(QStringView host, quint16 defaultPort)
{
    const QStringView trimmed = host.trimmed();
    if (trimmed.isEmpty())
        return PeerAddress{u"localhost"_s, defaultPort};
    if (trimmed.count(u':') > 1) {
        if (const auto ipv6 = canonicalIpv6(trimmed))
            return PeerAddress{*ipv6, defaultPort};
    }
    return parse(host, defaultPort);
}

Expected<PeerAddress> PeerAddress::fromSocket(QStringView path)
{
    if (const auto good = checkSocket(path.trimmed()); !good)
        return refusal(path, good.error());
    return PeerAddress{Localhost, 0, path.trimmed().toString()};
}

bool PeerAddress::isSocketName(QStringView text)
{
    const QStringView trimmed = text.trimmed();
    const qsizetype path = pathStart(trimmed);
    return path >= 0 && trimmed.first(path - 1).compare(Localhost, Qt::CaseInsensitive) == 0;
}

QString foldedPeerName(const QString &name)
{
    const qsizetype path = pathStart(name);
    return path < 0 ? name.toLower() : name.first(path).toLower() + name.sliced(path);
}

bool containsPeerName(const QStringList &names, const QString &name)
{
    const QString folded = foldedPeerName(name);
    return std::any_of(names.cbegin(), names.cend(),
                       [&folded](const QString &one) { return foldedPeerName(one) == folded; });
}

} // namespace qproxysql
