// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "inner/workers.h"

#include <QtCore/QFutureWatcher>
#include <QtCore/QPromise>

namespace qproxysql {

/// Runs \a job on a worker thread and then \a done with its result, from the event loop of \a
/// context. \a done is not called after \a context was destroyed, although \a job is finished. \a
/// job may block for long: it counts as stalled from the start, so that no other job waits for it.
/// It must own what it captures.
///
/// QFuture::then() is no alternative: in Qt 6.4 it calls a context that was destroyed.
template<typename Job, typename Done>
void runInBackground(QObject *context, Job job, Done done, const void *lane = nullptr)
{
    using Result = std::invoke_result_t<Job>;
    auto promise = std::make_shared<QPromise<Result>>();
    auto *const watcher = new QFutureWatcher<Result>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, done] {
        watcher->deleteLater();
        if (watcher->future().resultCount() > 0)
            done(watcher->result());
    });
    promise->start();
    watcher->setFuture(promise->future());
    Workers &workers = Workers::instance();
    workers.markStalled(workers.start(
            [promise, job] {
                promise->addResult(job());
                promise->finish();
            },
            lane));
}

} // namespace qproxysql
