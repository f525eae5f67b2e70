// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/deadresolver.h"

#include <condition_variable>
#include <dlfcn.h>
#include <mutex>
#include <netdb.h>

namespace qproxysql::sandbox {

namespace {

struct State
{
    std::mutex mutex;
    std::condition_variable changed;
    QByteArray name;
    int calls = 0;
    int waiting = 0;
};

State &state()
{
    static State *instance = new State;
    return *instance;
}

bool isDead(const QByteArray &name, const char *host)
{
    return !name.isEmpty() && (name == host || QByteArrayView(host).endsWith('.' + name));
}

/// False: not a dead name. Otherwise returns when it is one no more.
bool waitWhileDead(const char *host)
{
    State &shared = state();
    std::unique_lock lock(shared.mutex);
    if (!isDead(shared.name, host))
        return false;
    ++shared.calls;
    ++shared.waiting;
    shared.changed.wait(lock, [&] { return !isDead(shared.name, host); });
    --shared.waiting;
    return true;
}

} // namespace

DeadResolver::DeadResolver(const QByteArray &name)
{
    const std::lock_guard guard(state().mutex);
    state().name = name;
    state().calls = 0;
}

DeadResolver::~DeadResolver()
{
    const std::lock_guard guard(state().mutex);
    state().name.clear();
    state().changed.notify_all();
}

int DeadResolver::calls() const
{
    const std::lock_guard guard(state().mutex);
    return state().calls;
}

int DeadResolver::waiting() const
{
    const std::lock_guard guard(state().mutex);
    return state().waiting;
}

} // namespace qproxysql::sandbox

extern "C" Q_DECL_EXPORT int getaddrinfo(const char *host, const char *service,
                                         const addrinfo *hints, addrinfo **result)
{
    if (host && qproxysql::sandbox::waitWhileDead(host))
        return EAI_AGAIN;
    using Resolve = int (*)(const char *, const char *, const addrinfo *, addrinfo **);
    static const auto resolve = reinterpret_cast<Resolve>(::dlsym(RTLD_NEXT, "getaddrinfo"));
    return resolve(host, service, hints, result);
}
