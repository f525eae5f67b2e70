// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/connectionconfig.h"
#include "pool/peerstate.h"

namespace qproxysql {

class PeerPool;

/// What two opens must have in common so that one can reuse the other's session. Holds a password: never
/// log it.
struct SessionKey
{
    const PeerPool *pool = nullptr; ///< nullptr: the session cannot be reused
    PeerId peer = NoPeer;
    InnerLogin login; ///< with the inner driver's options
    QString initSql;
    QString driver;

    friend bool operator==(const SessionKey &, const SessionKey &) = default;
};

} // namespace qproxysql
