// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/graphseries.h"

#include "models/monitortexts.h"

#include <QtCore/QDateTime>
#include <QtCore/QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr int CountFactors[HistorySpan::Count] = {10, 12, 30}; ///< 10 s, 2 min, 30 min
constexpr int Factors[] = {1, 2, 5, 10, 15, 30};

int factorOf(HistoryValue value, HistorySpan::Kind span, int mostPoints)
{
    if (isCount(value))
        return CountFactors[span];
    const auto fits = [&](int factor) { return HistorySpans[span].steps / factor <= mostPoints; };
    const auto factor = std::ranges::find_if(Factors, fits);
    return factor == std::end(Factors) ? *std::prev(std::end(Factors)) : *factor;
}

} // namespace

GraphSeries GraphSeries::of(const HistoryRing &ring, HistoryValue value, HistorySpan::Kind span,
                            qint64 now, int mostPoints)
{
    GraphSeries series;
    series.value = value;
    series.span = span;
    series.now = now;
    const int factor = factorOf(value, span, mostPoints);
    series.length = HistorySpans[span].stepMs() * factor;
    const QList<HistoryRecord> records = summaryOf(ring.records(span, now), factor);
    series.points.reserve(records.size());
    for (const HistoryRecord &record : records)
        series.points.append(
                {record.step * series.length, valueOf(record, value), record.isNotReached});
    return series;
}

double GraphSeries::top() const
{
    double most = 0;
    for (const Point &point : points)
        most = std::max(most, point.value.value_or(0));
    if (most <= 0)
        return 1;
    const double power = std::pow(10, std::floor(std::log10(most)));
    for (const double part : {1.0, 2.0, 5.0}) {
        if (most <= part * power && (part * power >= 1 || !isCount(value)))
            return part * power;
    }
    return 10 * power;
}

const GraphSeries::Point *GraphSeries::at(qint64 time) const
{
    const auto after = std::ranges::upper_bound(points, time, {}, &Point::from);
    if (after == points.cbegin())
        return nullptr;
    const Point &point = *std::prev(after);
    return time < point.from + length ? &point : nullptr;
}

QString GraphSeries::number(double value)
{
    const bool isWhole = std::abs(value - std::round(value)) < 0.05;
    const int decimals = isWhole && value >= 0.5 ? 0 : value >= 100 ? 0 : value >= 0.1 ? 1 : 2;
    return value == 0 ? u"0"_s : QLocale().toString(value, 'f', decimals);
}

QString GraphSeries::spanText(HistorySpan::Kind span)
{
    const QString texts[] = {MonitorTexts::tr("5 min"), MonitorTexts::tr("1 h"),
                             MonitorTexts::tr("24 h")};
    return texts[span];
}

QString GraphSeries::title() const
{
    const bool isShort = length < 60'000;
    const QString each = isShort ? MonitorTexts::tr("%1 s").arg(length / 1000)
                                 : MonitorTexts::tr("%1 min").arg(length / 60'000);
    switch (value) {
    case HistoryValue::Sessions:
        return MonitorTexts::tr("Sessions");
    case HistoryValue::Statements:
        return MonitorTexts::tr("Statements/s");
    case HistoryValue::ConnectMs:
        return MonitorTexts::tr("Connect time (ms)");
    case HistoryValue::Errors:
        return MonitorTexts::tr("Errors per %1").arg(each);
    case HistoryValue::Moves:
        break;
    }
    return MonitorTexts::tr("Moves per %1").arg(each);
}

QString GraphSeries::text(std::optional<qint64> cursor) const
{
    if (cursor) {
        const Point *const point = at(*cursor);
        return point && point->value ? number(*point->value) : MonitorTexts::tr("no data");
    }
    double sum = 0;
    bool isAny = false;
    for (const Point &point : points) {
        sum += point.value.value_or(0);
        isAny = isAny || point.value;
    }
    if (isCount(value))
        return isAny ? MonitorTexts::tr("%1 in all").arg(number(sum)) : MonitorTexts::tr("no data");
    // The last step may have just begun.
    for (auto point = points.crbegin(); point != points.crend() && point - points.crbegin() < 2;
         ++point) {
        if (point->value)
            return number(*point->value);
    }
    return MonitorTexts::tr("no data");
}

QString GraphSeries::description(std::optional<qint64> cursor) const
{
    std::optional<double> least;
    std::optional<double> most;
    for (const Point &point : points) {
        if (!point.value)
            continue;
        least = std::min(least.value_or(*point.value), *point.value);
        most = std::max(most.value_or(*point.value), *point.value);
    }
    QString text = MonitorTexts::tr("Now: %1.").arg(this->text({}));
    if (cursor) {
        const QTime time = QDateTime::fromMSecsSinceEpoch(*cursor).time();
        text = u"%1: %2."_s.arg(QLocale().toString(time, u"HH:mm:ss"_s), this->text(cursor));
    }
    if (most)
        text += u' '
                + MonitorTexts::tr("In %1: from %2 to %3.")
                          .arg(spanText(span), number(*least), number(*most));
    return text;
}

} // namespace qproxysql
