// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QRect>

#include <algorithm>

namespace qproxysql {

/// Where a window may stand on a screen. No state.
struct WindowPlace
{
    static constexpr QSize Frame{16, 48}; ///< of the window manager, at most

    /// \a window, smaller and moved where needed, so that it and its frame are on the \a screen.
    static QRect within(const QRect &window, const QRect &screen)
    {
        const QSize size = window.size().boundedTo(screen.size() - Frame);
        const QPoint room(screen.width() - size.width(), screen.height() - size.height());
        const QPoint least = screen.topLeft() + QPoint(Frame.width() / 2, Frame.height() / 2);
        const QPoint most = screen.topLeft() + room - QPoint(Frame.width() / 2, Frame.width() / 2);
        return {{std::clamp(window.x(), least.x(), std::max(least.x(), most.x())),
                 std::clamp(window.y(), least.y(), std::max(least.y(), most.y()))},
                size};
    }
};

} // namespace qproxysql
