// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "inner/processlifetime.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <mutex>
#include <vector>

#ifdef Q_OS_WIN
#include <qt_windows.h>
#else
#include <dlfcn.h>
#endif

namespace qproxysql {

namespace {

using Hooks = std::vector<std::function<void()>>;

std::atomic<bool> isPostRoutineAdded{false};
std::atomic<bool> isProcessEnding{false};

struct Registry
{
    std::mutex mutex;
    Hooks applicationEnd;
    Hooks processEnd;
};

// A plugin may be unloaded while a worker executes its code, or before exit() calls our handler.
void keepLoaded()
{
    const auto *here = reinterpret_cast<const void *>(&keepLoaded);
#ifdef Q_OS_WIN
    HMODULE module = nullptr;
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                       static_cast<LPCWSTR>(here), &module);
#else
    Dl_info info{};
    if (dladdr(here, &info) && info.dli_fname)
        dlopen(info.dli_fname, RTLD_NOW | RTLD_NOLOAD | RTLD_NODELETE);
#endif
}

Registry &registry();

void run(Hooks Registry::*kind)
{
    std::unique_lock lock(registry().mutex);
    const Hooks hooks = registry().*kind;
    lock.unlock();
    std::for_each(hooks.rbegin(), hooks.rend(), [](const auto &hook) { hook(); });
}

void endApplication()
{
    isPostRoutineAdded = false;
    run(&Registry::applicationEnd);
}

void endProcess()
{
    isProcessEnding = true;
    endApplication();
    run(&Registry::processEnd);
}

Registry &registry()
{
    static Registry *const instance = [] {
        keepLoaded();
        std::atexit(endProcess);
        return new Registry;
    }();
    return *instance;
}

} // namespace

void ProcessLifetime::onApplicationEnd(std::function<void()> hook)
{
    {
        const std::scoped_lock lock(registry().mutex);
        registry().applicationEnd.push_back(std::move(hook));
    }
    watchApplication();
}

void ProcessLifetime::onProcessEnd(std::function<void()> hook)
{
    const std::scoped_lock lock(registry().mutex);
    registry().processEnd.push_back(std::move(hook));
}

void ProcessLifetime::watchApplication()
{
    if (isPostRoutineAdded.load(std::memory_order_acquire) || !QCoreApplication::instance())
        return;
    if (!isPostRoutineAdded.exchange(true))
        qAddPostRoutine(endApplication);
}

bool ProcessLifetime::isEnding() noexcept
{
    return isProcessEnding.load(std::memory_order_acquire);
}

} // namespace qproxysql
