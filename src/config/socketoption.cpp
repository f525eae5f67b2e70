// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/socketoption.h"

#include "config/coretexts.h"

using namespace Qt::StringLiterals;

namespace qproxysql {

Expected<void> SocketOption::applyTo(PeerAddress *address) const
{
    if (!m_option || address->host != "localhost"_L1)
        return {};
    const auto named = PeerAddress::fromSocket(m_option->value());
    if (!named)
        return Unexpected(CoreTexts::tr("%1: %2").arg(describe(), named.error()));
    if (address->isSocket() && *address != *named)
        return Unexpected(
                CoreTexts::tr(
                        "host name \"%1\" and %2 contradict each other; allowed is one of them")
                        .arg(address->name(), describe()));
    *address = *named;
    return {};
}

Expected<void> SocketOption::applyTo(QList<PeerDefinition> *peers, const QString &host) const
{
    if (!m_option || peers->size() == 1)
        return applyTo(&peers->first().address);
    return Unexpected(CoreTexts::tr("%1 is one peer and host name \"%2\" names several; allowed is "
                                    "localhost:/path/of/socket in the list, and UNIX_SOCKET with "
                                    "localhost or no host name")
                              .arg(describe(), host));
}

Expected<void> SocketOption::checkBeside(const PoolDefinition &pool) const
{
    if (!m_option)
        return {};
    return Unexpected(CoreTexts::tr("%1 and the peers of pool %2 (pool file %3) contradict each "
                                    "other; allowed is one of them")
                              .arg(describe(), pool.name, pool.filePath));
}

QString SocketOption::describe() const
{
    return CoreTexts::tr("%1=%2 (%3)").arg(m_option->name, m_option->value(), m_option->source);
}

} // namespace qproxysql
