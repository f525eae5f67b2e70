// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/peerpool.h"

#include <functional>

namespace qproxysql {

/// All pools of the process by name. Thread-safe, process-wide, never destroyed.
class PoolRegistry
{
public:
    static PoolRegistry &instance();

    /// The pool of that name, made when there is none; never nullptr. Fails when open connections use the
    /// name with other peers or policies (the text names the first difference). A pool that no connection
    /// uses keeps its health and may be redefined. The returned pointer counts as use while any copy made
    /// from it lives.
    Expected<std::shared_ptr<PeerPool>> acquire(const PoolDefinition &definition);

    /// \a hook runs in every acquire() that succeeds before it returns, in the caller's thread and
    /// without a lock: before anybody chooses a peer of that pool. One hook, set once.
    void setAcquisitionHook(std::function<void(PeerPool &)> hook);

    QList<std::shared_ptr<PeerPool>> poolsInUse() const;
    /// All that were ever acquired: one that no connection uses may have idle sessions. No use of them.
    QList<std::shared_ptr<PeerPool>> pools() const;
    /// Those that are in use, or have sessions left. No use of them.
    QList<std::shared_ptr<PeerPool>> livePools() const;
    /// True when a pool that is in use, or has sessions left, obeys operators (CONTROL).
    bool isAnyControlled() const;

private:
    PoolRegistry();
    struct State;
    State *m_state; ///< never freed
};

} // namespace qproxysql
