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

    /// The pool of that name, created if necessary; never nullptr. Fails if open connections use
    /// the name with other peers or policies; the error names the first difference. A pool that no
    /// connection uses keeps its health and may be redefined. The pool is in use while a copy of
    /// the returned pointer lives.
    Expected<std::shared_ptr<PeerPool>> acquire(const PoolDefinition &definition);

    /// \a hook runs in every successful acquire() in the caller's thread without a lock, before a
    /// peer is chosen. There is one hook, set once.
    void setAcquisitionHook(std::function<void(PeerPool &)> hook);

    QList<std::shared_ptr<PeerPool>> poolsInUse() const; ///< the pointers count as use
    // The pointers that these return do not count as use.
    QList<std::shared_ptr<PeerPool>> pools() const;     ///< all that were ever acquired
    QList<std::shared_ptr<PeerPool>> livePools() const; ///< in use, or with sessions left
    bool isAnyControlled() const; ///< a live pool follows drain requests (CONTROL)

private:
    PoolRegistry();
    struct State;
    State *m_state; ///< never freed
};

} // namespace qproxysql
